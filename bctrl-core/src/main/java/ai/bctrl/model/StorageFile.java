package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A durable file of a space.
 *
 * <p>Schema {@code StorageFile}. Immutable.
 *
 * @param id UUID
 * @param name file name
 * @param path place in the storage, relative, with slashes
 * @param contentType media type
 * @param sizeBytes size in bytes
 * @param status {@code ready}: a file is listed once it is complete
 * @param createdAt RFC 3339
 * @param expiresAt RFC 3339; null where it stays
 * @param metadata data of the caller
 * @param extra what was on the wire and has no component here
 */
public record StorageFile(
        String id,
        String name,
        String path,
        String contentType,
        Long sizeBytes,
        String status,
        String createdAt,
        @WrittenAsNull @Nullable String expiresAt,
        @Nullable JsonObject metadata,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public StorageFile(
            String id,
            String name,
            String path,
            String contentType,
            Long sizeBytes,
            String status,
            String createdAt,
            @Nullable String expiresAt,
            @Nullable JsonObject metadata) {
        this(id, name, path, contentType, sizeBytes, status, createdAt, expiresAt, metadata, new JsonObject());
    }
}
