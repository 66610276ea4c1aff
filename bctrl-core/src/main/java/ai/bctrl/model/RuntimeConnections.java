package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Protocols that a runtime offers.
 *
 * <p>Schema {@code RuntimeConnections}. Immutable.
 *
 * @param cdp Chrome DevTools Protocol
 * @param cua computer use
 * @param http HTTP
 * @param mcp Model Context Protocol
 * @param rdp Remote Desktop Protocol
 * @param vnc Virtual Network Computing
 * @param extra what was on the wire and has no component here
 */
public record RuntimeConnections(
        @Nullable ProtocolAvailability cdp,
        @Nullable ProtocolAvailability cua,
        @Nullable ProtocolAvailability http,
        @Nullable ProtocolAvailability mcp,
        @Nullable ProtocolAvailability rdp,
        @Nullable ProtocolAvailability vnc,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RuntimeConnections(
            @Nullable ProtocolAvailability cdp,
            @Nullable ProtocolAvailability cua,
            @Nullable ProtocolAvailability http,
            @Nullable ProtocolAvailability mcp,
            @Nullable ProtocolAvailability rdp,
            @Nullable ProtocolAvailability vnc) {
        this(cdp, cua, http, mcp, rdp, vnc, new JsonObject());
    }
}
