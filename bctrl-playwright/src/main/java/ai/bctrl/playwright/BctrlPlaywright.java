package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private static final Duration DRIVER_START_LIMIT = Duration.ofSeconds(60);
    private static final Duration NOT_WORTH_TELLING = Duration.ofMillis(5);

    private final RuntimeProvider provider;
    private final DriverPool drivers = new DriverPool();
    private final Watchdog watchdog = new Watchdog();
    private final Set<BrowserSession> sessions = ConcurrentHashMap.newKeySet();

    private BctrlPlaywright(RuntimeProvider provider) {
        this.provider = provider;
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
        // A new driver starts while the lease is acquired.
        CompletableFuture<PlaywrightDriver> driver = drivers.take();
        RuntimeLease lease;
        try {
            lease = provider.acquire(spec);
        } catch (RuntimeException | Error failure) {
            giveBackOnceStarted(driver);
            throw failure;
        }
        try {
            return connect(lease, driver, spec, options);
        } catch (RuntimeException | Error failure) {
            Failures failures = new Failures();
            failures.add(failure);
            failures.run(lease::close);
            throw failure;
        }
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
        for (BrowserSession session : List.copyOf(sessions)) {
            session.closeFromOutside(failures);
        }
        sessions.clear();
        failures.run(drivers::close);
        failures.run(watchdog::close);
        failures.rethrow();
    }

    private BrowserSession connect(
            RuntimeLease lease,
            CompletableFuture<PlaywrightDriver> starting,
            RuntimeSpec spec,
            SessionOptions options) {
        long start = System.nanoTime();
        PlaywrightDriver driver = await(starting);
        PhaseTimes phases = lease.phases();
        Duration driverTime = Duration.ofNanos(System.nanoTime() - start);
        if (driverTime.compareTo(NOT_WORTH_TELLING) > 0) {
            phases = phases.plus("driver", driverTime);
        }
        long connectStart = System.nanoTime();
        LeasedBrowser leased = connect(lease, driver, options);
        phases = phases.plus("connect", Duration.ofNanos(System.nanoTime() - connectStart));
        BrowserSession session =
                new BrowserSession(leased, options, true, spec.profile() != null, phases, sessions::remove);
        sessions.add(session);
        return session;
    }

    private LeasedBrowser connect(RuntimeLease lease, PlaywrightDriver driver, SessionOptions options) {
        try {
            return LeasedBrowser.connect(lease, driver, drivers, watchdog, options);
        } catch (LeasedBrowser.DriverGoneException gone) {
            // An idle driver may have died unnoticed; one that was just started has not.
            return LeasedBrowser.connect(lease, await(drivers.take()), drivers, watchdog, options);
        }
    }

    private PlaywrightDriver await(CompletableFuture<PlaywrightDriver> starting) {
        try {
            return starting.get(DRIVER_START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BctrlException("The driver process of Playwright did not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            giveBackOnceStarted(starting);
            throw new BctrlException(
                    "The driver process of Playwright did not start within " + DRIVER_START_LIMIT.toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            giveBackOnceStarted(starting);
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException("interrupted while the driver process of Playwright started", e);
        }
    }

    private void giveBackOnceStarted(CompletableFuture<PlaywrightDriver> starting) {
        CompletableFuture<Void> unused = starting.thenAccept(drivers::giveBack);
    }
}
