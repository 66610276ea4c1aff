package ai.bctrl.junit.internal.evidence;

import java.util.Locale;

/** Kinds of evidence. */
public enum Kind {
    /** What a page showed. */
    SCREENSHOT("image/png"),
    /** A trace for Playwright's trace viewer. */
    TRACE("application/zip"),
    /** Events of the run. */
    EVENTS("application/json"),
    /** Commands of the run. */
    COMMANDS("application/json"),
    /** A file that the run produced. */
    ARTIFACT("application/octet-stream"),
    /** The stack trace. */
    FAILURE("text/plain"),
    /** The list of all files. */
    MANIFEST("application/json"),
    /** The page that shows everything. */
    PAGE("text/html");

    private final String mediaType;

    Kind(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the media type of its files unless a file says otherwise} */
    public String mediaType() {
        return mediaType;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
