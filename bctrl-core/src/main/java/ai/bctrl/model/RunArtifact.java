package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A durable file that a run produced.
 *
 * <p>Schema {@code RunArtifact}. Immutable.
 *
 * @param id id
 * @param runId id of the run
 * @param runtimeId id of the runtime
 * @param runtimeKind kind of the runtime
 * @param kind what it is, for example {@code screenshot}
 * @param name file name
 * @param fileId storage file behind it
 * @param path path in the storage
 * @param contentType media type
 * @param sizeBytes size in bytes
 * @param createdAt RFC 3339
 * @param downloadUrl opaque address of its content; needs the API key
 * @param extra what was on the wire and has no component here
 */
public record RunArtifact(
        String id,
        String runId,
        String runtimeId,
        RuntimeType runtimeKind,
        String kind,
        String name,
        String fileId,
        String path,
        String contentType,
        Long sizeBytes,
        String createdAt,
        @Nullable String downloadUrl,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunArtifact(
            String id,
            String runId,
            String runtimeId,
            RuntimeType runtimeKind,
            String kind,
            String name,
            String fileId,
            String path,
            String contentType,
            Long sizeBytes,
            String createdAt,
            @Nullable String downloadUrl) {
        this(
                id,
                runId,
                runtimeId,
                runtimeKind,
                kind,
                name,
                fileId,
                path,
                contentType,
                sizeBytes,
                createdAt,
                downloadUrl,
                new JsonObject());
    }
}
