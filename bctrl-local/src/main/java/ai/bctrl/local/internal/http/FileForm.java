package ai.bctrl.local.internal.http;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.NewFile;
import ai.bctrl.local.internal.service.StoredFiles;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.jspecify.annotations.Nullable;

/** A {@code multipart/form-data} body with a file and what shall be known of it. Thread-safe. */
final class FileForm {

    private static final int MEMORY = 16 << 10;
    private static final int MAX_PARTS = 8;

    private final StoredFiles files;
    private final Executor work;

    FileForm(StoredFiles files, Executor work) {
        this.files = files;
        this.work = work;
    }

    /**
     * Reads a form; its file goes to the disk as it comes.
     *
     * @param store takes the description and a file that it may move away; called on a thread that may wait
     */
    <T> CompletionStage<T> read(Upload upload, BiFunction<NewFile, Path, T> store) {
        String type = upload.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new ApiProblem(
                    415,
                    "request.unsupported_media_type",
                    "Content-Type must be multipart/form-data with a part named file.",
                    Map.of());
        }
        MultiPartConfig configuration = new MultiPartConfig.Builder()
                .location(files.arrivals())
                .maxParts(MAX_PARTS)
                .maxMemoryPartSize(MEMORY)
                .maxPartSize(files.maxBytes())
                .maxSize(files.maxBytes() + (64 << 10))
                .useFilesForPartsWithoutFileName(false)
                .build();
        return upload.parts(type, configuration)
                .handleAsync(
                        (parts, failed) -> {
                            if (failed != null) {
                                throw problem(failed);
                            }
                            try (parts) {
                                return store(parts, store);
                            }
                        },
                        work);
    }

    private <T> T store(MultiPartFormData.Parts parts, BiFunction<NewFile, Path, T> store) {
        MultiPart.Part file = parts.getFirst("file");
        if (file == null) {
            throw ApiProblem.invalid("file", "file must be a part of the form.");
        }
        String name = text(parts, "name");
        String path = text(parts, "path");
        String metadata = text(parts, "metadata");
        if (name == null && path == null && file.getFileName() != null) {
            name = lastOf(file.getFileName());
        }
        NewFile described = new NewFile(
                name, path, file.getHeaders().get(HttpHeader.CONTENT_TYPE), metadata == null ? null : object(metadata));
        Path arrived = files.arrivals().resolve(UUID.randomUUID().toString());
        try {
            file.writeTo(arrived);
            return store.apply(described, arrived);
        } catch (IOException failed) {
            throw files.writeProblem(failed);
        } finally {
            drop(arrived);
        }
    }

    private static String lastOf(String fileName) {
        return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    private static void drop(Path arrived) {
        try {
            Files.deleteIfExists(arrived);
        } catch (IOException inUse) {
            // What lies there is removed at the next start.
        }
    }

    private static @Nullable String text(MultiPartFormData.Parts parts, String name) {
        MultiPart.Part part = parts.getFirst(name);
        return part == null ? null : part.getContentAsString(StandardCharsets.UTF_8);
    }

    private static JsonObject object(String metadata) {
        try {
            return Json.parseObject(metadata);
        } catch (BctrlDecodingException unfit) {
            throw ApiProblem.invalid(
                    "metadata", "metadata must be the text of a JSON object: " + unfit.problem() + ".");
        }
    }

    private ApiProblem problem(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ApiProblem told) {
            return told;
        } else if (cause instanceof IllegalStateException && message.contains("exceed")) {
            return new ApiProblem(
                    413,
                    "file.too_large",
                    "A part of the form is too large; a file may have " + files.maxBytes() + " bytes.",
                    Map.of("maxBytes", files.maxBytes()));
        } else if (cause instanceof java.nio.file.FileSystemException || message.contains("No space left")) {
            return files.writeProblem((Exception) cause);
        }
        return Percent.malformed("The form cannot be read: it is not complete or not well-formed.");
    }
}
