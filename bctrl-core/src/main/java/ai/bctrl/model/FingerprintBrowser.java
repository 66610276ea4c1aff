package ai.bctrl.model;

/**
 * Brand that the browser shows.
 *
 * <p>Schema {@code Fingerprint.browser}. A value that this version does not know decodes to {@link
 * #UNKNOWN}; its text stays in the {@code extra} of the record that holds it.
 */
public enum FingerprintBrowser implements WireName {
    /** Chrome. */
    CHROME("chrome"),
    /** Edge. */
    EDGE("edge"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    FingerprintBrowser(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
