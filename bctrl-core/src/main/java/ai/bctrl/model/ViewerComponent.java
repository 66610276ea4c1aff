package ai.bctrl.model;

/**
 * Part that can be added to a viewer.
 *
 * <p>Schema {@code ViewerComponent}. A value that this version does not know decodes to {@link #UNKNOWN};
 * its text stays in the {@code extra} of the record that holds it.
 */
public enum ViewerComponent implements WireName {
    /** The activity timeline; the answer then has {@code activityStreamUrl}. */
    ACTIVITY("activity"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ViewerComponent(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
