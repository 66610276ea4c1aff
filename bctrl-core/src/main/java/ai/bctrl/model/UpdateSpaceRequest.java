package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Changes a space; absent values stay as they are.
 *
 * <p>Schema {@code SpaceUpdate}. Immutable.
 *
 * @param name the new name
 * @param mounts the new mounts
 * @param extra what was on the wire and has no component here
 */
public record UpdateSpaceRequest(
        @Nullable String name, @Nullable SpaceMounts mounts, JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link UpdateSpaceRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable SpaceMounts mounts;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the new name. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Sets the new mounts. */
        public Builder mounts(SpaceMounts mounts) {
            this.mounts = mounts;
            return this;
        }

        /** Adds fields that this version does not know. */
        public Builder extra(JsonObject extra) {
            this.extra = extra.deepCopy();
            return this;
        }

        /**
         * {@return the value}
         */
        public UpdateSpaceRequest build() {
            return new UpdateSpaceRequest(name, mounts, extra);
        }
    }
}
