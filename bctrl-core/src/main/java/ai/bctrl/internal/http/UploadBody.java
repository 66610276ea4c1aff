package ai.bctrl.internal.http;

import ai.bctrl.error.BctrlConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A file that is sent as it is read. Not thread-safe.
 *
 * @param contentType media type
 * @param file where it lies; null where it comes from a stream
 * @param stream where it comes from; null where it is a file; the caller closes it
 * @param form names and values of a form that the file is part of; null to send the file alone
 * @param fileName its name in the form
 */
public record UploadBody(
        String contentType,
        @Nullable Path file,
        @Nullable InputStream stream,
        @Nullable Map<String, String> form,
        String fileName) {
    /** A file alone. */
    public static UploadBody of(String contentType, Path file) {
        return new UploadBody(contentType, file, null, null, "");
    }

    /** What a stream holds, alone. */
    public static UploadBody of(String contentType, InputStream stream) {
        return new UploadBody(contentType, null, stream, null, "");
    }

    /** The same as part of a form, named {@code file}. */
    public UploadBody inForm(Map<String, String> values, String name) {
        return new UploadBody(contentType, file, stream, Map.copyOf(values), name);
    }

    RequestBody toRequestBody() {
        MediaType type = MediaType.parse(contentType);
        if (type == null) {
            throw new BctrlConfigurationException("contentType \"" + contentType + "\" is not a media type");
        }
        RequestBody content = file != null ? RequestBody.create(file.toFile(), type) : new Streamed(type);
        if (form == null) {
            return content;
        }
        MultipartBody.Builder parts = new MultipartBody.Builder().setType(MultipartBody.FORM);
        form.forEach(parts::addFormDataPart);
        return parts.addFormDataPart("file", fileName, content).build();
    }

    private final class Streamed extends RequestBody {
        private final MediaType type;

        Streamed(MediaType type) {
            this.type = type;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            Source source = Okio.source(java.util.Objects.requireNonNull(stream));
            sink.writeAll(source);
        }
    }
}
