package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a live viewer of an active run.
 *
 * <p>Schema {@code LiveViewerCreate}. Immutable.
 *
 * @param control what its holder may do; {@link ViewerControl#NONE} if absent
 * @param components the parts to add
 * @param expiresInSeconds how long it lasts, 1 to 86400 s; 3600 if absent
 * @param extra what was on the wire and has no component here
 */
public record CreateLiveViewRequest(
        @Nullable ViewerControl control,
        @Nullable List<ViewerComponent> components,
        @Nullable Integer expiresInSeconds,
        JsonObject extra) {
    /** Copies the lists. */
    public CreateLiveViewRequest {
        components = components == null ? null : List.copyOf(components);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link CreateLiveViewRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ViewerControl control;
        private @Nullable List<ViewerComponent> components;
        private @Nullable Integer expiresInSeconds;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets what its holder may do; {@link ViewerControl#NONE} if absent. */
        public Builder control(ViewerControl control) {
            this.control = control;
            return this;
        }

        /** Sets the parts to add. */
        public Builder components(List<ViewerComponent> components) {
            this.components = components;
            return this;
        }

        /** Sets how long it lasts, 1 to 86400 s; 3600 if absent. */
        public Builder expiresInSeconds(Integer expiresInSeconds) {
            this.expiresInSeconds = expiresInSeconds;
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
        public CreateLiveViewRequest build() {
            return new CreateLiveViewRequest(control, components, expiresInSeconds, extra);
        }
    }
}
