package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a storage file in a runtime.
 *
 * <p>Schema {@code StagedFile}. Immutable.
 *
 * @param path path on the machine of the browser
 * @param fileId UUID of the storage file
 * @param name name of the copy
 * @param sizeBytes size in bytes
 * @param contentType media type
 * @param expiresAt RFC 3339; null where the copy goes with the runtime
 * @param extra what was on the wire and has no component here
 */
public record StagedFile(
        String path,
        @Nullable String fileId,
        @Nullable String name,
        @Nullable Long sizeBytes,
        @Nullable String contentType,
        @Nullable String expiresAt,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public StagedFile(
            String path,
            @Nullable String fileId,
            @Nullable String name,
            @Nullable Long sizeBytes,
            @Nullable String contentType,
            @Nullable String expiresAt) {
        this(path, fileId, name, sizeBytes, contentType, expiresAt, new JsonObject());
    }
}
