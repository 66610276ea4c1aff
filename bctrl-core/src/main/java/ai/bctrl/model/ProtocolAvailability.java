package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * Whether a runtime offers a protocol.
 *
 * <p>Schema {@code ProtocolAvailability}. Immutable.
 *
 * @param available whether it does
 * @param extra what was on the wire and has no component here
 */
public record ProtocolAvailability(Boolean available, JsonObject extra) {
    /** Everything on the wire has a component. */
    public ProtocolAvailability(Boolean available) {
        this(available, new JsonObject());
    }
}
