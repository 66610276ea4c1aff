package ai.bctrl.model;

/**
 * How a command or invocation was run.
 *
 * <p>Schema {@code ExecutionMode}. A value that this version does not know decodes to {@link #UNKNOWN}; its
 * text stays in the {@code extra} of the record that holds it.
 */
public enum ExecutionMode implements WireName {
    /** Within the request. */
    INLINE("inline"),
    /** Apart from the request. */
    DURABLE("durable"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ExecutionMode(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
