package ai.bctrl.model;

/**
 * What the holder of a live viewer may do.
 *
 * <p>Schema {@code LiveViewerCreate.control}. A value that this version does not know decodes to {@link
 * #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum ViewerControl implements WireName {
    /** Watch only; the server enforces it. */
    NONE("none"),
    /** Use mouse and keyboard. */
    INPUT("input"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    ViewerControl(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
