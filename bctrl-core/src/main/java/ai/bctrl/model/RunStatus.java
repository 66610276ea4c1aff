package ai.bctrl.model;

/**
 * Where a run is in its life.
 *
 * <p>Schema {@code RunStatus}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum RunStatus implements WireName {
    /** Its runtime is active. */
    ACTIVE("active"),
    /** Its runtime was stopped. */
    COMPLETED("completed"),
    /** Its runtime failed. */
    FAILED("failed"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RunStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
