package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.StorageFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stored file, whole or one range of them. They may come from any page: no browser shall show them as one of
 * ours, so they are an attachment, of the type that is said and no other, in a sandbox. Immutable.
 */
public final class FileAnswer implements DirectAnswer {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    private static final int BUFFER = 1 << 16;

    private final String id;
    private final String name;
    private final String contentType;
    private final long size;
    private final Path content;

    FileAnswer(StorageFile file, Path content) {
        this(file.id(), file.name(), file.contentType(), file.sizeBytes(), content);
    }

    /** Creates an answer with the bytes of an artifact. */
    public FileAnswer(RunArtifact artifact, Path content) {
        this(artifact.fileId(), artifact.name(), artifact.contentType(), artifact.sizeBytes(), content);
    }

    private FileAnswer(String id, String name, String contentType, long size, Path content) {
        this.id = id;
        this.name = name;
        this.contentType = contentType;
        this.size = size;
        this.content = content;
    }

    @Override
    public void send(Request request, Response response, Callback callback) {
        if (!Files.isRegularFile(content)) {
            throw new ApiProblem(404, "file.not_found", "The bytes of this file are gone.", Map.of());
        }
        // The bytes under an id never change.
        String tag = '"' + id + '"';
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, tag);
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        headers.put(HttpHeader.CACHE_CONTROL, "private, no-cache");
        if (isKnown(request.getHeaders().get(HttpHeader.IF_NONE_MATCH), tag)) {
            response.setStatus(304);
            response.write(true, null, callback);
            return;
        }
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put("Content-Disposition", disposition(name));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
        ByteRange range;
        try {
            range = range(request, tag, size);
        } catch (ByteRange.Unsatisfiable none) {
            headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
            throw new ApiProblem(
                    416, "request.range_not_satisfiable", "The file has " + size + " bytes.", Map.of("size", size));
        }
        if (range != null) {
            response.setStatus(206);
            headers.put(HttpHeader.CONTENT_RANGE, "bytes " + range.offset() + "-" + range.last() + "/" + size);
        }
        long length = range == null ? size : range.length();
        headers.put(HttpHeader.CONTENT_LENGTH, length);
        if (request.getMethod().equals("HEAD") || length == 0) {
            response.write(true, null, callback);
            return;
        }
        ByteBufferPool.Sized buffers =
                new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, BUFFER);
        Content.copy(
                Content.Source.from(buffers, content, range == null ? 0 : range.offset(), length), response, callback);
    }

    private static @Nullable ByteRange range(Request request, String tag, long size) {
        String condition = request.getHeaders().get(HttpHeader.IF_RANGE);
        boolean asked = request.getMethod().equals("GET") && (condition == null || condition.equals(tag));
        return asked ? ByteRange.parse(request.getHeaders().get(HttpHeader.RANGE), size) : null;
    }

    private static boolean isKnown(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    /** The name for old and new clients, RFC 6266. */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .forEach(c -> plain.append(c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' ? '_' : (char) c));
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
