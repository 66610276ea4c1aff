package ai.bctrl.model;

/**
 * Where a runtime is in its life.
 *
 * <p>Schema {@code RuntimeStatus}. A value that this version does not know decodes to {@link #UNKNOWN}; its
 * text stays in the {@code extra} of the record that holds it.
 */
public enum RuntimeStatus implements WireName {
    /** The browser runs and a run is open. */
    ACTIVE("active"),
    /** Ended on request; cannot be started again. */
    STOPPED("stopped"),
    /** Ended by itself, for example because the browser crashed. */
    FAILED("failed"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RuntimeStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
