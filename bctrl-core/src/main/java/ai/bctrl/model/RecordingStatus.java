package ai.bctrl.model;

/**
 * Whether a recording can be watched.
 *
 * <p>Schema {@code RecordingStatus}. A value that this version does not know decodes to {@link #UNKNOWN};
 * its text stays in the {@code extra} of the record that holds it.
 */
public enum RecordingStatus implements WireName {
    /** Nothing was recorded, or its time is over. */
    NOT_AVAILABLE("not_available"),
    /** Being made; ask again. */
    PREPARING("preparing"),
    /** Being made; ask again. */
    PROCESSING("processing"),
    /** Can be watched. */
    READY("ready"),
    /** Could not be made. */
    FAILED("failed"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RecordingStatus(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
