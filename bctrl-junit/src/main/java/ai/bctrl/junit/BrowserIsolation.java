package ai.bctrl.junit;

/** What keeps a test's browser apart from those of other tests. */
public enum BrowserIsolation {
    /** A browser process of its own. */
    PROCESS,
    /**
     * A browser context of its own in a process that it shares with others: lighter, and a crash hits them all. Control planes
     * of bctrl-java know how to; not for named profiles and extensions.
     */
    CONTEXT
}
