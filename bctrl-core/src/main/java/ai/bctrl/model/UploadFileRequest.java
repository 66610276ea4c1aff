package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What shall be known of a file that is stored.
 *
 * <p>Schema {@code StorageUpload}. Immutable.
 *
 * @param name display name; taken from the path or the file if absent
 * @param path relative place in the storage, without empty, {@code .} or {@code ..} parts; the name if absent
 * @param contentType media type; that of plain bytes if absent
 * @param metadata data of the caller
 * @param extra what was on the wire and has no component here
 */
public record UploadFileRequest(
        @Nullable String name,
        @Nullable String path,
        @Nullable String contentType,
        @Nullable JsonObject metadata,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link UploadFileRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable String path;
        private @Nullable String contentType;
        private @Nullable JsonObject metadata;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets display name; taken from the path or the file if absent. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Sets relative place in the storage, without empty, {@code .} or {@code ..} parts; the name if absent. */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /** Sets media type; that of plain bytes if absent. */
        public Builder contentType(String contentType) {
            this.contentType = contentType;
            return this;
        }

        /** Sets data of the caller. */
        public Builder metadata(JsonObject metadata) {
            this.metadata = metadata;
            return this;
        }

        /** Adds fields that this version does not know. */
        public Builder extra(JsonObject extra) {
            this.extra = extra.deepCopy();
            return this;
        }

        /** {@return the value} */
        public UploadFileRequest build() {
            return new UploadFileRequest(name, path, contentType, metadata, extra);
        }
    }
}
