package ai.bctrl.model;

/**
 * How the tests of a run went.
 *
 * <p>Schema {@code RunOutcome}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum RunOutcome implements WireName {
    /** All that ended have passed. */
    PASSED("passed"),
    /** At least one has failed. */
    FAILED("failed"),
    /** None has failed, at least one was given up. */
    ABORTED("aborted"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RunOutcome(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
