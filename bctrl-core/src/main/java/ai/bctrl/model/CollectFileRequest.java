package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a copy of a file of a runtime in the storage of its space.
 *
 * <p>Schema {@code CollectRequest}. Immutable.
 *
 * @param path path on the machine of the browser
 * @param storagePath place in the storage; chosen by the server if absent
 * @param artifact given to have the copy listed among the artifacts of the run, too
 * @param name name of the copy; the last part of {@code storagePath} or {@code path} if absent
 * @param contentType media type of the copy
 * @param metadata data of the caller
 * @param extra what was on the wire and has no component here
 */
public record CollectFileRequest(
        String path,
        @Nullable String storagePath,
        @Nullable CollectedArtifact artifact,
        @Nullable String name,
        @Nullable String contentType,
        @Nullable JsonObject metadata,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link CollectFileRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String path;
        private @Nullable String storagePath;
        private @Nullable CollectedArtifact artifact;
        private @Nullable String name;
        private @Nullable String contentType;
        private @Nullable JsonObject metadata;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets path on the machine of the browser. */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /** Sets place in the storage; chosen by the server if absent. */
        public Builder storagePath(String storagePath) {
            this.storagePath = storagePath;
            return this;
        }

        /** Sets given to have the copy listed among the artifacts of the run, too. */
        public Builder artifact(CollectedArtifact artifact) {
            this.artifact = artifact;
            return this;
        }

        /** Sets name of the copy; the last part of {@code storagePath} or {@code path} if absent. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Sets media type of the copy. */
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

        /**
         * {@return the value}
         *
         * @throws NullPointerException if {@code path} was not set
         */
        public CollectFileRequest build() {
            return new CollectFileRequest(
                    java.util.Objects.requireNonNull(path, "CollectFileRequest.path is not set"),
                    storagePath,
                    artifact,
                    name,
                    contentType,
                    metadata,
                    extra);
        }
    }
}
