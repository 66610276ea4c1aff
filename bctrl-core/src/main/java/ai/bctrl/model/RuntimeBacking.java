package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * Where the state of a runtime lives.
 *
 * <p>The field {@code kind} tells the variants apart. A variant that this version does not know decodes to
 * {@link Unknown} and is sent back as it came.
 */
@WireUnion(tag = "kind")
public sealed interface RuntimeBacking
        permits RuntimeBacking.Ephemeral, RuntimeBacking.Profile, RuntimeBacking.Unknown {
    /**
     * State is dropped when the runtime stops.
     *
     * <p>Schema {@code EphemeralBacking}. Immutable.
     *
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("ephemeral")
    record Ephemeral(JsonObject extra) implements RuntimeBacking {
        /** Nothing but the kind. */
        public Ephemeral() {
            this(new JsonObject());
        }
    }

    /**
     * State lives in a browser profile.
     *
     * <p>Schema {@code ProfileBacking}. Immutable.
     *
     * @param profile name of the profile
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("profile")
    record Profile(String profile, JsonObject extra) implements RuntimeBacking {
        /** Everything on the wire has a component. */
        public Profile(String profile) {
            this(profile, new JsonObject());
        }
    }

    /**
     * A variant that this version does not know. Immutable by custom.
     *
     * @param json the whole value
     */
    record Unknown(JsonObject json) implements RuntimeBacking {
        /** Shows the tag only: what this version does not know may hold a secret. */
        @Override
        public String toString() {
            return "Unknown[kind=" + json.get("kind") + "]";
        }
    }
}
