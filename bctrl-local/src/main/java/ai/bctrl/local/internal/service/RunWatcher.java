package ai.bctrl.local.internal.service;

/**
 * Is told of the life of each run that has a browser. Thread-safe; its methods are called from several threads, but for
 * one run in this order, each at most once.
 */
public interface RunWatcher {

    /** The run was opened: nobody has its address yet. Must not block for long; a failure here ends the launch. */
    void started(LiveBrowser browser);

    /**
     * The run is about to be ended, its end is not written yet; the browser may be gone already. May take up to 2 s, to
     * write down what was seen until now.
     */
    void ending(LiveBrowser browser);

    /** The end of the run is written and its browser is being removed. Must not block. */
    void ended(LiveBrowser browser);

    /** The records of a run were deleted, which has ended before. */
    default void deleted(String runId) {}
}
