package ai.bctrl.model;

/**
 * Heavy field of a command that is only sent when asked for.
 *
 * <p>Schema {@code include}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum CommandDetail implements WireName {
    /** What was asked. */
    REQUEST("request"),
    /** What came out. */
    RESULT("result"),
    /** Why it failed. */
    ERROR("error"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    CommandDetail(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
