package ai.bctrl.playwright;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ends calls that take too long by cutting what they wait for: many calls of Playwright know no deadline of their own.
 * Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Watchdog() {
        AtomicInteger number = new AtomicInteger();
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "bctrl-watchdog-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs the work on this thread; after the limit the cut runs on another one. */
    <T> T within(Duration limit, Runnable cut, Supplier<T> work) {
        Future<?> pending = timer.schedule(() -> start(cut), limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            pending.cancel(false);
        }
    }

    /** Cutting may block, and other deadlines wait for the timer. */
    private static void start(Runnable cut) {
        Thread thread = new Thread(cut, "bctrl-cut");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
