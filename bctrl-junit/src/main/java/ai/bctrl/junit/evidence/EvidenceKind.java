package ai.bctrl.junit.evidence;

import java.util.Locale;

/** Kinds of evidence. What tells of the failure itself (its text, the manifest, the page) is always kept with them. */
public enum EvidenceKind {
    /** What each open page showed, as PNG: its visible part and the whole of it. */
    SCREENSHOT,
    /** The DOM of each open page as HTML. */
    DOM,
    /** Each open page with its resources as one MHTML file. */
    MHTML,
    /** The accessibility tree of each open page, as Playwright's ARIA snapshot. */
    ARIA,
    /** Console messages, page errors and dialogs. */
    CONSOLE,
    /** Requests and responses as HAR 1.2, with bodies up to a limit. */
    NETWORK,
    /** What the test did last: calls of Playwright with locators and durations. */
    ACTIONS,
    /** The trace for Playwright's trace viewer; see {@link TraceLevel}. */
    TRACE,
    /** Files that the test downloaded. */
    DOWNLOAD,
    /** Events of the run, as the control plane recorded them. */
    EVENTS,
    /** Commands of the run, as the control plane recorded them. */
    COMMANDS,
    /** Files that the run produced at the control plane. */
    ARTIFACT,
    /**
     * A video of what the browser showed until the test ended. The control plane takes the pictures while the test runs, where
     * it knows how to; it keeps them as long as this mode says.
     */
    RECORDING;

    /** {@return its name in settings and manifests, for example {@code screenshot}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
