package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps idle drivers, because starting one takes long. Thread-safe. */
final class DriverPool implements AutoCloseable {
    private final Deque<PlaywrightDriver> idle = new ArrayDeque<>();
    private boolean closed;

    /** {@return an idle driver, or one that is being started} */
    CompletableFuture<PlaywrightDriver> take() {
        PlaywrightDriver driver = pollIdle();
        if (driver != null) {
            return CompletableFuture.completedFuture(driver);
        }
        CompletableFuture<PlaywrightDriver> starting = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(starting), "bctrl-driver-start");
        thread.setDaemon(true);
        thread.start();
        return starting;
    }

    private synchronized @Nullable PlaywrightDriver pollIdle() {
        if (closed) {
            throw new BctrlException("BctrlPlaywright is closed");
        }
        return idle.pollFirst();
    }

    private static void start(CompletableFuture<PlaywrightDriver> starting) {
        try {
            starting.complete(PlaywrightDriver.start());
        } catch (Throwable failure) {
            starting.completeExceptionally(failure);
        }
    }

    /** Takes a driver back that no session uses any more. */
    void giveBack(PlaywrightDriver driver) {
        synchronized (this) {
            if (!closed && !driver.isCut()) {
                idle.addFirst(driver);
                return;
            }
        }
        driver.cut();
    }

    @Override
    public void close() {
        List<PlaywrightDriver> rest;
        synchronized (this) {
            closed = true;
            rest = new ArrayList<>(idle);
            idle.clear();
        }
        Failures failures = new Failures();
        rest.forEach(driver -> failures.run(driver::cut));
        failures.rethrow();
    }
}
