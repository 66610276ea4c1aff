package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a copy of a storage file in a runtime. Either its id or its path is given.
 *
 * <p>Schema {@code StageRequest}. Immutable.
 *
 * @param fileId UUID of the storage file
 * @param path path of the storage file instead of its id; the newest file at this path is taken
 * @param name name of the copy; that of the storage file if absent
 * @param extra what was on the wire and has no component here
 */
public record StageFileRequest(
        @Nullable String fileId,
        @Nullable String path,
        @Nullable String name,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link StageFileRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String fileId;
        private @Nullable String path;
        private @Nullable String name;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets UUID of the storage file. */
        public Builder fileId(String fileId) {
            this.fileId = fileId;
            return this;
        }

        /** Sets path of the storage file instead of its id; the newest file at this path is taken. */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /** Sets name of the copy; that of the storage file if absent. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Adds fields that this version does not know. */
        public Builder extra(JsonObject extra) {
            this.extra = extra.deepCopy();
            return this;
        }

        /** {@return the value} */
        public StageFileRequest build() {
            return new StageFileRequest(fileId, path, name, extra);
        }
    }
}
