package ai.bctrl.local;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts browsers without processes, or fails to on demand. Thread-safe. */
final class FakeEngine implements BrowserEngine {
    private final List<FakeBrowser> browsers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();

    /** The message of all failures from now on; null to start browsers again. */
    void failWith(@Nullable String message) {
        failure.set(message);
    }

    /** Lets launches wait for the latch. */
    void holdLaunches(CountDownLatch until) {
        gate.set(until);
    }

    List<FakeBrowser> browsers() {
        return browsers;
    }

    FakeBrowser last() {
        return browsers.get(browsers.size() - 1);
    }

    @Override
    public RunningBrowser launch(LaunchRequest request) {
        CountDownLatch held = gate.get();
        try {
            if (held != null && !held.await(20, TimeUnit.SECONDS)) {
                throw new BrowserStartException("nobody released the launch");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BrowserStartException("interrupted", interrupted);
        }
        String message = failure.get();
        if (message != null) {
            throw new BrowserStartException(message);
        }
        FakeBrowser browser = new FakeBrowser(request);
        browsers.add(browser);
        return browser;
    }

    /** There is no Edge, and nothing that loads extensions. */
    static void requireNoBrand(LaunchRequest request) {
        if (request.brand() != null) {
            throw new BrowserStartException(request.brand().title() + " is not installed");
        }
    }

    @Override
    public void close() {
        browsers.forEach(FakeBrowser::close);
    }
}
