package ai.bctrl.model;

/**
 * What matters most when a saved proxy picks an exit.
 *
 * <p>Schema {@code ProxyOverrides.poolPreference}. A value that this version does not know decodes to {@link
 * #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum PoolPreference implements WireName {
    /** Reputation. */
    QUALITY("quality"),
    /** Reputation, then speed. */
    QUALITY_SPEED("quality-speed"),
    /** Speed. */
    SPEED("speed"),
    /** Number of exits. */
    MAX_POOL("max-pool"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    PoolPreference(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
