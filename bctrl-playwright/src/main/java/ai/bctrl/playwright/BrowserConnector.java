package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Leases browsers and connects Playwright to them. Thread-safe.
 *
 * @param provider where browsers come from
 * @param drivers where drivers come from
 * @param watchdog cuts what hangs
 */
record BrowserConnector(RuntimeProvider provider, DriverPool drivers, Watchdog watchdog) {
    private static final Duration DRIVER_START_LIMIT = Duration.ofSeconds(60);
    private static final Duration NOT_WORTH_TELLING = Duration.ofMillis(5);

    /**
     * {@return a browser, to be closed by the caller}
     *
     * @throws BctrlException if no browser can be had
     * @throws BrowserConnectException if there is one, but connecting to it failed; its lease is closed
     */
    ConnectedBrowser connect(RuntimeSpec spec, SessionOptions options) {
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
            return connect(lease, driver, options);
        } catch (RuntimeException | Error failure) {
            Failures failures = new Failures();
            failures.add(failure);
            failures.run(lease::close);
            throw failure;
        }
    }

    private ConnectedBrowser connect(
            RuntimeLease lease, CompletableFuture<PlaywrightDriver> starting, SessionOptions options) {
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
        return new ConnectedBrowser(leased, null, phases);
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
