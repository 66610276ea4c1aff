package ai.bctrl.junit;

/** How long a browser of {@link BctrlBrowser} lives. */
public enum BrowserScope {
    /** Each test gets a browser of its own. */
    TEST,
    /**
     * The tests of a class, its nested classes included, share a browser; each gets a fresh context and page. Objects of
     * Playwright belong to one thread at a time, so tests that run concurrently take turns.
     */
    CLASS
}
