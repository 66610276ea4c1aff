package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new browser runtime, which is launched at once.
 *
 * <p>Schema {@code RuntimeCreate}. Immutable.
 *
 * @param type the kind; only {@link RuntimeType#BROWSER} can be created
 * @param name a label of at least 1 character
 * @param profile the browser profile to launch from; ephemeral if absent
 * @param extensionIds the extensions to load
 * @param config the launch settings
 * @param metadata data of the caller
 * @param recording whether pictures are recorded; an addition of bctrl-java's control plane that the hosted service does not
 *     know, {@code off} if absent
 * @param isolation what keeps it apart from others; an addition of bctrl-java's control plane that the hosted service does
 *     not know, the control plane's own choice if absent
 * @param extra what was on the wire and has no component here
 */
public record CreateRuntimeRequest(
        RuntimeType type,
        @Nullable String name,
        @Nullable String profile,
        @Nullable List<String> extensionIds,
        @Nullable RuntimeConfig config,
        @Nullable JsonObject metadata,
        @Nullable RecordingMode recording,
        @Nullable Isolation isolation,
        JsonObject extra) {
    /** Copies the lists. */
    public CreateRuntimeRequest {
        extensionIds = extensionIds == null ? null : List.copyOf(extensionIds);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder for a browser} */
    public static Builder browser() {
        return builder().type(RuntimeType.BROWSER);
    }

    /** Collects the values of a {@link CreateRuntimeRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable RuntimeType type;
        private @Nullable String name;
        private @Nullable String profile;
        private @Nullable List<String> extensionIds;
        private @Nullable RuntimeConfig config;
        private @Nullable JsonObject metadata;
        private @Nullable RecordingMode recording;
        private @Nullable Isolation isolation;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the kind; only {@link RuntimeType#BROWSER} can be created. */
        public Builder type(RuntimeType type) {
            this.type = type;
            return this;
        }

        /** Sets a label of at least 1 character. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Sets the browser profile to launch from; ephemeral if absent. */
        public Builder profile(String profile) {
            this.profile = profile;
            return this;
        }

        /** Sets the extensions to load. */
        public Builder extensionIds(List<String> extensionIds) {
            this.extensionIds = extensionIds;
            return this;
        }

        /** Sets the launch settings. */
        public Builder config(RuntimeConfig config) {
            this.config = config;
            return this;
        }

        /** Sets data of the caller. */
        public Builder metadata(JsonObject metadata) {
            this.metadata = metadata;
            return this;
        }

        /** Sets whether pictures are recorded, which the hosted service does not know; {@code off} if absent. */
        public Builder recording(RecordingMode recording) {
            this.recording = recording;
            return this;
        }

        /** Sets what keeps it apart from others, which the hosted service does not know; the control plane's choice if absent. */
        public Builder isolation(Isolation isolation) {
            this.isolation = isolation;
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
         * @throws NullPointerException if {@code type} was not set
         */
        public CreateRuntimeRequest build() {
            return new CreateRuntimeRequest(
                    java.util.Objects.requireNonNull(type, "CreateRuntimeRequest.type is not set"),
                    name,
                    profile,
                    extensionIds,
                    config,
                    metadata,
                    recording,
                    isolation,
                    extra);
        }
    }
}
