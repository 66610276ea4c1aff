package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.CapacityException;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens browser sessions: leases a browser and connects Playwright to it.
 *
 * <pre>{@code
 * try (BctrlPlaywright playwright = BctrlPlaywright.create(provider);
 *         BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
 *     session.page().navigate("https://example.com/");
 * }
 * }</pre>
 *
 * <p>Keeps the driver processes of Playwright that are idle, because starting one takes about a second. Never downloads a
 * browser.
 *
 * <p>Thread-safe; each session belongs to one thread. Whoever created it closes it, which closes the sessions that are
 * still open; the provider stays open.
 */
public final class BctrlPlaywright implements AutoCloseable {
    private final DriverPool drivers = new DriverPool();
    private final Watchdog watchdog = new Watchdog();
    private final BrowserConnector connector;
    private final PreparedBrowsers prepared;
    private final Set<BrowserSession> sessions = ConcurrentHashMap.newKeySet();

    private BctrlPlaywright(RuntimeProvider provider) {
        this.connector = new BrowserConnector(provider, drivers, watchdog);
        this.prepared = new PreparedBrowsers(connector);
    }

    /** {@return an opener of sessions on the browsers of the provider, to be closed by the caller} */
    public static BctrlPlaywright create(RuntimeProvider provider) {
        return new BctrlPlaywright(provider);
    }

    /**
     * Opens a session with {@link SessionOptions#defaults()}.
     *
     * @return the session, to be closed by the caller
     * @throws BctrlException if no browser can be had
     * @throws BrowserConnectException if there is one, but connecting to it failed; its lease is closed
     */
    public BrowserSession open(RuntimeSpec spec) {
        return open(spec, SessionOptions.defaults());
    }

    /**
     * Opens a session.
     *
     * @return the session, to be closed by the caller
     * @throws BctrlException if no browser can be had
     * @throws BrowserConnectException if there is one, but connecting to it failed; its lease is closed
     */
    public BrowserSession open(RuntimeSpec spec, SessionOptions options) {
        if (prepared.hasFree()) {
            try {
                RuntimeSpec atOnce =
                        spec.toBuilder().queueTimeout(Duration.ZERO).build();
                return session(connector.connect(atOnce, options), spec, options);
            } catch (CapacityException full) {
                // What is wanted now goes before what may be wanted soon.
                prepared.discard();
            }
        }
        return session(connector.connect(spec, options), spec, options);
    }

    /**
     * Makes browsers ready for {@link #openPrepared}, on threads of its own, and returns at once: so many that {@code count} of
     * them are ready or about to be. None waits in line for a place; one that nobody opens within 30 s is given back, and so
     * are all when a place is needed for something else. Does nothing for browsers on a profile, of which there is one.
     *
     * @param spec what will be asked for
     * @param options of the first context and page
     * @param withPage whether the first context and its page are opened too
     * @param count how many; 0 for none
     */
    public void prepare(RuntimeSpec spec, SessionOptions options, boolean withPage, int count) {
        if (spec.profile() == null) {
            prepared.prepare(spec, options, withPage, count);
        }
    }

    /**
     * Opens a session on a browser that was prepared for an equal spec; waits for one that is about to be ready. The first
     * context and page are as they were prepared. Its {@linkplain BrowserSession#phases() phases} tell how long that took, and
     * with {@code handover} how long this call did.
     *
     * @return the session, to be closed by the caller, or null if there is no such browser
     * @throws BctrlException if one was about to be ready and could not be had
     */
    public @Nullable BrowserSession openPrepared(RuntimeSpec spec, SessionOptions options) {
        long start = System.nanoTime();
        ConnectedBrowser browser = prepared.take(spec, options);
        if (browser == null) {
            return null;
        }
        PhaseTimes phases = browser.phases().plus("handover", Duration.ofNanos(System.nanoTime() - start));
        return session(new ConnectedBrowser(browser.leased(), browser.firstPage(), phases), spec, options);
    }

    /** Gives back the browsers that were prepared and that nobody has opened, and waits for that, 10 s at most. */
    public void discardPrepared() {
        prepared.discardAndWait();
    }

    /**
     * Closes all sessions that are still open and ends the driver processes. Nobody may be using a session any more;
     * calls that do so nevertheless fail.
     *
     * @throws BctrlException if the service did not confirm that a browser is stopped
     */
    @Override
    public void close() {
        Failures failures = new Failures();
        prepared.close();
        for (BrowserSession session : List.copyOf(sessions)) {
            session.closeFromOutside(failures);
        }
        sessions.clear();
        failures.run(drivers::close);
        failures.run(watchdog::close);
        failures.rethrow();
    }

    private BrowserSession session(ConnectedBrowser browser, RuntimeSpec spec, SessionOptions options) {
        BrowserSession session = new BrowserSession(browser, options, spec.profile() != null, sessions::remove);
        sessions.add(session);
        return session;
    }
}
