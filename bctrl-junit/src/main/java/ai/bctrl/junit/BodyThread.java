package ai.bctrl.junit;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which code of the test runs. With {@code @Timeout(threadMode = SEPARATE_THREAD)} it is not the one that JUnit
 * goes on with, and may still be inside of Playwright, whose objects belong to one thread at a time. Thread-safe.
 */
final class BodyThread {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile @Nullable Thread running;

    /** Notes that code of the test begins on this thread. */
    void enter() {
        running = Thread.currentThread();
    }

    /** Notes that it ended. */
    void leave() {
        running = null;
    }

    /** {@return whether this thread may use the browser now; waits a little for the other one to leave} */
    boolean isFree() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isBusy() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return !isBusy();
    }

    private boolean isBusy() {
        Thread other = running;
        return other != null
                && other != Thread.currentThread()
                && other.isAlive()
                && Arrays.stream(other.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("com.microsoft.playwright."));
    }
}
