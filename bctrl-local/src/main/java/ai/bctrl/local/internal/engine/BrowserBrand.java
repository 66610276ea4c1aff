package ai.bctrl.local.internal.engine;

/** A brand of Chromium that a runtime may ask for. */
public enum BrowserBrand {
    /** Google Chrome. */
    CHROME("Google Chrome"),
    /** Microsoft Edge. */
    EDGE("Microsoft Edge");

    private final String title;

    BrowserBrand(String title) {
        this.title = title;
    }

    /** The name people know. */
    public String title() {
        return title;
    }
}
