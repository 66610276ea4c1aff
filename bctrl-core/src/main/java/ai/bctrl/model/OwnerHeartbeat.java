package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * What the owner of runtimes is told when it says that it is there. An addition of bctrl-local; the hosted service does not
 * know it.
 *
 * <p>Schema {@code OwnerHeartbeat}. Immutable.
 *
 * @param ownerId who it is
 * @param runtimes how many of its runtimes are active
 * @param expiresAt RFC 3339; when its runtimes are stopped unless it is heard of again
 * @param extra what was on the wire and has no component here
 */
public record OwnerHeartbeat(String ownerId, Long runtimes, String expiresAt, JsonObject extra) {
    /** Everything on the wire has a component. */
    public OwnerHeartbeat(String ownerId, Long runtimes, String expiresAt) {
        this(ownerId, runtimes, expiresAt, new JsonObject());
    }
}
