package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps idle drivers, because starting one takes long. Thread-safe. Closing it waits for those that are being started. */
final class DriverPool implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final Deque<PlaywrightDriver> idle = new ArrayDeque<>();
    private int starting;
    private boolean closed;

    /** {@return an idle driver, or one that is being started} */
    synchronized CompletableFuture<PlaywrightDriver> take() {
        if (closed) {
            throw new BctrlException("BctrlPlaywright is closed");
        }
        PlaywrightDriver driver = idle.pollFirst();
        if (driver != null) {
            return CompletableFuture.completedFuture(driver);
        }
        CompletableFuture<PlaywrightDriver> begun = new CompletableFuture<>();
        starting++;
        Thread thread = new Thread(() -> start(begun), "bctrl-driver-start");
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private void start(CompletableFuture<PlaywrightDriver> begun) {
        try {
            begun.complete(PlaywrightDriver.start());
        } catch (Throwable failure) {
            begun.completeExceptionally(failure);
        } finally {
            synchronized (this) {
                starting--;
                notifyAll();
            }
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
            // Those who wait for one of them give it back to us, or have given up; either way it ends before its
            // thread.
            awaitStarting();
            rest = new ArrayList<>(idle);
            idle.clear();
        }
        Failures failures = new Failures();
        rest.forEach(driver -> failures.run(driver::cut));
        failures.rethrow();
    }

    private void awaitStarting() {
        long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
        try {
            for (long left = CLOSE_LIMIT.toNanos(); left > 0 && starting > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
