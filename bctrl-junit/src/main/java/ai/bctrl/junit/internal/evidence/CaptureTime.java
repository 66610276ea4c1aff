package ai.bctrl.junit.internal.evidence;

import java.time.Duration;

/**
 * How long a browser may be asked for evidence. Immutable.
 *
 * @param limit how long
 * @param end when that is over, in nanoseconds of {@link System#nanoTime()}
 */
record CaptureTime(Duration limit, long end) {
    static CaptureTime from(Duration limit) {
        return new CaptureTime(limit, System.nanoTime() + limit.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** {@return why something could not be captured; of what fails once the time is over, the time is the reason} */
    String reason(Throwable failure) {
        return isOver()
                ? "the time for collecting evidence from the browser was over: %.1f s".formatted(limit.toMillis() / 1e3)
                : FailureText.firstLine(failure);
    }
}
