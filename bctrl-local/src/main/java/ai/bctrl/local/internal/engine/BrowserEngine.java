package ai.bctrl.local.internal.engine;

/**
 * Starts browsers. Thread-safe.
 *
 * <p>Whoever made the engine closes it; that ends every browser it started.
 */
public interface BrowserEngine extends AutoCloseable {

    /**
     * Starts a browser and waits until its DevTools answer.
     *
     * @param request what to start
     * @return the browser; the caller closes it
     * @throws BrowserStartException if there is no usable browser, or it ended or stayed silent during its start;
     *     nothing is left behind then
     * @throws IllegalStateException if the engine is closed
     */
    RunningBrowser launch(LaunchRequest request);

    /** Closes every browser this engine started. Bounded; further calls do nothing. */
    @Override
    void close();
}
