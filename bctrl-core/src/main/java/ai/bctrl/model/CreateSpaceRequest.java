package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new space.
 *
 * <p>Schema {@code SpaceCreate}. Immutable.
 *
 * @param name the name
 * @param region the region, for example {@code us-east}
 * @param mounts what the things in it may reach
 * @param metadata data of the caller
 * @param subaccountId the owner
 * @param extra what was on the wire and has no component here
 */
public record CreateSpaceRequest(
        String name,
        @Nullable String region,
        @Nullable SpaceMounts mounts,
        @Nullable JsonObject metadata,
        @Nullable String subaccountId,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a request for a space with this name and nothing else} */
    public static CreateSpaceRequest named(String name) {
        return builder().name(name).build();
    }

    /** Collects the values of a {@link CreateSpaceRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable String region;
        private @Nullable SpaceMounts mounts;
        private @Nullable JsonObject metadata;
        private @Nullable String subaccountId;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the name. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Sets the region, for example {@code us-east}. */
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        /** Sets what the things in it may reach. */
        public Builder mounts(SpaceMounts mounts) {
            this.mounts = mounts;
            return this;
        }

        /** Sets data of the caller. */
        public Builder metadata(JsonObject metadata) {
            this.metadata = metadata;
            return this;
        }

        /** Sets the owner. */
        public Builder subaccountId(String subaccountId) {
            this.subaccountId = subaccountId;
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
         * @throws NullPointerException if {@code name} was not set
         */
        public CreateSpaceRequest build() {
            return new CreateSpaceRequest(
                    java.util.Objects.requireNonNull(name, "CreateSpaceRequest.name is not set"),
                    region,
                    mounts,
                    metadata,
                    subaccountId,
                    extra);
        }
    }
}
