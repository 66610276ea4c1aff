package ai.bctrl.model;

/**
 * Protocol that a proxy speaks.
 *
 * <p>Schema {@code ProxyProtocol}. A value that this version does not know decodes to {@link #UNKNOWN}; its
 * text stays in the {@code extra} of the record that holds it.
 */
public enum ProxyProtocol implements WireName {
    /** HTTP, with CONNECT for TLS. */
    HTTP("http"),
    /** SOCKS version 5. */
    SOCKS5("socks5"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ProxyProtocol(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
