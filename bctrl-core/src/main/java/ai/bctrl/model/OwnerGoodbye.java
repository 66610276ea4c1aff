package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * What the owner of runtimes is told when it leaves. An addition of bctrl-local; the hosted service does not know it.
 *
 * <p>Schema {@code OwnerGoodbye}. Immutable.
 *
 * @param ownerId who it is
 * @param stopped how many of its runtimes were still active and have been stopped
 * @param extra what was on the wire and has no component here
 */
public record OwnerGoodbye(String ownerId, Long stopped, JsonObject extra) {
    /** Everything on the wire has a component. */
    public OwnerGoodbye(String ownerId, Long stopped) {
        this(ownerId, stopped, new JsonObject());
    }
}
