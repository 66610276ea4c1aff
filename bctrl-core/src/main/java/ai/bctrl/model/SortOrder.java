package ai.bctrl.model;

/**
 * Order of a list by time.
 *
 * <p>Schema {@code order}. A value that this version does not know decodes to {@link #UNKNOWN}; its text
 * stays in the {@code extra} of the record that holds it.
 */
public enum SortOrder implements WireName {
    /** Oldest first. */
    ASC("asc"),
    /** Newest first. */
    DESC("desc"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    SortOrder(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
