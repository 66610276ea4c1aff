package ai.bctrl.model;

/**
 * Where a connection lease is in its life.
 *
 * <p>Schema {@code ConnectionStatus}. A value that this version does not know decodes to {@link #UNKNOWN};
 * its text stays in the {@code extra} of the record that holds it.
 */
public enum ConnectionStatus implements WireName {
    /** May be used to attach. */
    ACTIVE("active"),
    /** Ended early by the holder of the key. */
    REVOKED("revoked"),
    /** Ended by its time to live. */
    EXPIRED("expired"),
    /** Ended with its runtime. */
    CLOSED("closed"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ConnectionStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
