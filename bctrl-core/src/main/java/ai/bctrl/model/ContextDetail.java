package ai.bctrl.model;

/**
 * How much the agent context tells.
 *
 * <p>Schema {@code detail}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum ContextDetail implements WireName {
    /** The short form. */
    COMPACT("compact"),
    /** Everything. */
    FULL("full"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ContextDetail(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
