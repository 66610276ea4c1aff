package ai.bctrl.model;

/**
 * Whether pictures of a run are recorded.
 *
 * <p>Schema {@code RuntimeCreate.recording}, an addition of bctrl-java. A value that this version does not know decodes to
 * {@link #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum RecordingMode implements WireName {
    /** Nothing is recorded. */
    OFF("off"),
    /** Recorded, and kept only if a test of the run, or the run itself, has failed. */
    ON_FAILURE("on_failure"),
    /** Recorded and kept. */
    ALWAYS("always"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RecordingMode(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
