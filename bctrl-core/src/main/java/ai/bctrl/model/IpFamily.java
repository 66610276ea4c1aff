package ai.bctrl.model;

/**
 * IP versions that a saved proxy may use.
 *
 * <p>Schema {@code ProxyOverrides.ipFamily}. A value that this version does not know decodes to {@link
 * #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum IpFamily implements WireName {
    /** Version 4 and 6. */
    DUAL_STACK("dual-stack"),
    /** Version 4. */
    IPV4_ONLY("ipv4-only"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    IpFamily(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
