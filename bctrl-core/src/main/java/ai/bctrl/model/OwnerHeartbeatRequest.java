package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * Says that the owner of runtimes is still there. An addition of bctrl-local.
 *
 * <p>Schema {@code OwnerHeartbeatCreate}. Immutable.
 *
 * @param ttlSeconds for how long that holds, 10 to 3600 s
 * @param extra what was on the wire and has no component here
 */
public record OwnerHeartbeatRequest(Integer ttlSeconds, JsonObject extra) {
    /** Everything on the wire has a component. */
    public OwnerHeartbeatRequest(Integer ttlSeconds) {
        this(ttlSeconds, new JsonObject());
    }
}
