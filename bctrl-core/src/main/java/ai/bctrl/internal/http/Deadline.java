package ai.bctrl.internal.http;

import java.time.Duration;

/** A point in time after which nobody waits any more. Immutable. */
final class Deadline {
    private final Duration total;
    private final long end;

    /** Starts now. */
    Deadline(Duration total) {
        this.total = total;
        this.end = System.nanoTime() + total.toNanos();
    }

    Duration total() {
        return total;
    }

    /** What is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
