package ai.bctrl.model;

/**
 * Protocol of a connection lease. Only {@link #CDP} can be asked for today.
 *
 * <p>Schema {@code ConnectionProtocol}. A value that this version does not know decodes to {@link #UNKNOWN};
 * its text stays in the {@code extra} of the record that holds it.
 */
public enum ConnectionProtocol implements WireName {
    /** Chrome DevTools Protocol over a WebSocket. */
    CDP("cdp"),
    /** Computer use. */
    CUA("cua"),
    /** HTTP. */
    HTTP("http"),
    /** Model Context Protocol. */
    MCP("mcp"),
    /** Remote Desktop Protocol. */
    RDP("rdp"),
    /** Virtual Network Computing. */
    VNC("vnc"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ConnectionProtocol(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
