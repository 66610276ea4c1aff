package ai.bctrl.model;

/**
 * Kind of a runtime. Only {@link #BROWSER} can be created today.
 *
 * <p>Schema {@code RuntimeType}. A value that this version does not know decodes to {@link #UNKNOWN}; its
 * text stays in the {@code extra} of the record that holds it.
 */
public enum RuntimeType implements WireName {
    /** A browser. */
    BROWSER("browser"),
    /** A desktop; planned by the service. */
    DESKTOP("desktop"),
    /** A spreadsheet; planned by the service. */
    SPREADSHEET("spreadsheet"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    RuntimeType(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
