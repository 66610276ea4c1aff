package ai.bctrl.model;

/**
 * How far a platform command is.
 *
 * <p>Schema {@code CommandStatus}. A value that this version does not know decodes to {@link #UNKNOWN}; its
 * text stays in the {@code extra} of the record that holds it.
 */
public enum CommandStatus implements WireName {
    /** Not begun. */
    QUEUED("queued"),
    /** At work. */
    RUNNING("running"),
    /** Ended well. */
    SUCCEEDED("succeeded"),
    /** Ended with an error. */
    FAILED("failed"),
    /** Ended on request. */
    CANCELLED("cancelled"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    CommandStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
