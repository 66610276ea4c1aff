package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lease with the driver and the connection that serve it. Of one thread at a time, but {@link #cut()} and
 * {@link #closeFromOutside(Failures)}.
 */
final class LeasedBrowser {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final RuntimeLease lease;
    private final CdpAddress address;
    private final BrowserDiagnosis diagnosis;
    private final PlaywrightDriver driver;
    private final Browser browser;
    private final ArtifactsDirectory artifacts;
    private final @Nullable ClientRelay relay;
    private final DriverPool drivers;
    private final Watchdog watchdog;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LeasedBrowser(
            RuntimeLease lease,
            CdpAddress address,
            BrowserDiagnosis diagnosis,
            PlaywrightDriver driver,
            Browser browser,
            ArtifactsDirectory artifacts,
            @Nullable ClientRelay relay,
            DriverPool drivers,
            Watchdog watchdog) {
        this.lease = lease;
        this.address = address;
        this.diagnosis = diagnosis;
        this.driver = driver;
        this.browser = browser;
        this.artifacts = artifacts;
        this.relay = relay;
        this.drivers = drivers;
        this.watchdog = watchdog;
    }

    /** Connects; when that fails the driver is given back and the lease is the caller's as before. */
    static LeasedBrowser connect(
            RuntimeLease lease,
            PlaywrightDriver driver,
            DriverPool drivers,
            Watchdog watchdog,
            SessionOptions options) {
        Duration limit = options.connectTimeout();
        CdpAddress address = new CdpAddress(lease.cdpUrl());
        RelayTarget target = orGiveBack(driver, drivers, () -> RelayTarget.of(lease, options));
        ArtifactsDirectory artifacts = orGiveBack(driver, drivers, ArtifactsDirectory::create);
        ClientRelay relay = null;
        BrowserDiagnosis diagnosis = new BrowserDiagnosis(lease, address, () -> null);
        boolean connected = false;
        try {
            relay = target == null ? null : ClientRelay.start(target);
            String url = relay == null ? address.url() : relay.url();
            diagnosis = relay == null ? diagnosis : new BrowserDiagnosis(lease, address, relay::ending);
            boolean carriesFiles = target != null && target.files() != null;
            // The driver keeps the deadline itself; the watchdog is for a driver that hangs.
            Browser browser = watchdog.within(
                    limit.plusSeconds(5),
                    driver::cut,
                    () -> driver.playwright()
                            .chromium()
                            .connectOverCDP(
                                    url,
                                    // To the driver the browser is then as good as here: it names files of any size.
                                    new BrowserType.ConnectOverCDPOptions()
                                            .setIsLocal(carriesFiles)
                                            .setArtifactsDir(artifacts.path())
                                            .setTimeout((double) limit.toMillis())));
            connected = true;
            return new LeasedBrowser(lease, address, diagnosis, driver, browser, artifacts, relay, drivers, watchdog);
        } catch (PlaywrightException failure) {
            if (driver.isCut()) {
                throw diagnosis.timeout("connecting to it", limit, null);
            } else if (PlaywrightDriver.isGone(failure)) {
                driver.cut();
                throw new DriverGoneException(failure);
            }
            drivers.giveBack(driver);
            throw diagnosis.ofConnecting(failure, limit);
        } finally {
            if (!connected) {
                artifacts.close();
                close(relay);
            }
        }
    }

    RuntimeLease lease() {
        return lease;
    }

    CdpAddress address() {
        return address;
    }

    BrowserDiagnosis diagnosis() {
        return diagnosis;
    }

    Browser browser() {
        return browser;
    }

    private static void close(@Nullable ClientRelay relay) {
        if (relay != null) {
            relay.close();
        }
    }

    private static <T extends @Nullable Object> T orGiveBack(
            PlaywrightDriver driver, DriverPool drivers, Supplier<T> step) {
        try {
            return step.get();
        } catch (BctrlException failed) {
            drivers.giveBack(driver);
            throw failed;
        }
    }

    /** {@return where the driver keeps what it records of this connection} */
    Path artifactsDirectory() {
        return artifacts.path();
    }

    /** Runs something that uses the browser; when it takes too long the connection is cut and it fails. */
    <T> T within(Duration limit, String what, Supplier<T> work) {
        AtomicBoolean late = new AtomicBoolean();
        try {
            return watchdog.within(limit, () -> cutBecause(late), work);
        } catch (PlaywrightException failure) {
            if (late.get()) {
                throw diagnosis.timeout(what, limit, failure);
            }
            BrowserConnectException told = diagnosis.ofUsing(failure, isConnected());
            if (told != null) {
                throw told;
            }
            throw failure;
        }
    }

    private void cutBecause(AtomicBoolean late) {
        late.set(true);
        driver.cut();
    }

    boolean isConnected() {
        return !driver.isCut() && browser.isConnected();
    }

    /** Cuts the connection: a call that waits for the browser fails. Callable from any thread. */
    void cut() {
        driver.cut();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Disconnects and gives back the lease and the driver. */
    void close(Failures failures) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!driver.isCut()) {
            failures.run(() -> watchdog.within(CLOSE_LIMIT, driver::cut, () -> {
                disconnect();
                return "";
            }));
        }
        failures.run(lease::close);
        failures.run(() -> drivers.giveBack(driver));
        failures.run(() -> close(relay));
        failures.run(artifacts::close);
    }

    private void disconnect() {
        try {
            browser.close();
        } catch (PlaywrightException failure) {
            if (!PlaywrightDriver.isGone(failure)) {
                throw failure;
            }
            driver.cut();
        }
    }

    /** Gives everything back although a thread may be using it. */
    void closeFromOutside(Failures failures) {
        if (closed.compareAndSet(false, true)) {
            failures.run(driver::cut);
            failures.run(lease::close);
            failures.run(() -> close(relay));
            failures.run(artifacts::close);
        }
    }

    /** The driver's process ended, for example while it was idle. */
    static final class DriverGoneException extends BrowserConnectException {
        private static final long serialVersionUID = 1L;

        DriverGoneException(PlaywrightException cause) {
            super("The driver process of Playwright ended", cause);
        }
    }
}
