package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Whether a saved proxy keeps one exit.
 *
 * <p>The field {@code strategy} tells the variants apart. A variant that this version does not know decodes
 * to {@link Unknown} and is sent back as it came.
 */
@WireUnion(tag = "strategy")
public sealed interface ProxyAffinity permits ProxyAffinity.Rotate, ProxyAffinity.Sticky, ProxyAffinity.Unknown {
    /**
     * A new exit for each connection.
     *
     * <p>Schema {@code ProxyAffinityRotate}. Immutable.
     *
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("rotate")
    record Rotate(JsonObject extra) implements ProxyAffinity {
        /** Nothing but the kind. */
        public Rotate() {
            this(new JsonObject());
        }
    }

    /**
     * One exit.
     *
     * <p>Schema {@code ProxyAffinitySticky}. Immutable.
     *
     * @param key runtimes with the same key share the exit
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("sticky")
    record Sticky(@Nullable String key, JsonObject extra) implements ProxyAffinity {
        /** Everything on the wire has a component. */
        public Sticky(@Nullable String key) {
            this(key, new JsonObject());
        }
    }

    /**
     * A variant that this version does not know. Immutable by custom.
     *
     * @param json the whole value
     */
    record Unknown(JsonObject json) implements ProxyAffinity {
        /** Shows the tag only: what this version does not know may hold a secret. */
        @Override
        public String toString() {
            return "Unknown[strategy=" + json.get("strategy") + "]";
        }
    }
}
