package ai.bctrl.soak;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of a wait. Immutable.
 *
 * @param nanos as {@link System#nanoTime()} tells time
 */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanos >= 0;
    }

    /** Waits for that long, but no longer than until the deadline. */
    void pause(Duration time) throws InterruptedException {
        long end = Math.min(System.nanoTime() + time.toNanos(), nanos);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
