package ai.bctrl.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a failed try is followed by another. Pure: it neither waits nor sends. Immutable.
 *
 * @param maxRetries tries after the first
 * @param firstDelay pause before the second try; doubles from try to try
 * @param longestDelay longest pause of our own choice
 * @param longestRetryAfter longest pause that the service may ask for; a longer one ends the tries
 */
public record RetryPolicy(int maxRetries, Duration firstDelay, Duration longestDelay, Duration longestRetryAfter) {
    /** Two more tries, 250 ms doubling up to 2 s, at most 30 s at the service's wish. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(2, Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** {@return the same policy with this many tries after the first} */
    public RetryPolicy withMaxRetries(int maxRetries) {
        return new RetryPolicy(maxRetries, firstDelay, longestDelay, longestRetryAfter);
    }

    /** {@return whether an answer with this status may be better the next time} */
    boolean isTransient(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != 501);
    }

    /**
     * {@return the pause before the next try, or null if there should be none}
     *
     * @param triesSoFar how often it was tried, at least 1
     * @param retryAfter what the service asked for, if it did
     * @param jitter between 0 and 1; spreads the pause over its upper half
     */
    @Nullable
    Duration pause(int triesSoFar, @Nullable Duration retryAfter, double jitter) {
        if (triesSoFar > maxRetries) {
            return null;
        }
        if (retryAfter != null) {
            return retryAfter.compareTo(longestRetryAfter) > 0 ? null : retryAfter;
        }
        long doubled = firstDelay.toMillis() << Math.min(triesSoFar - 1, 20);
        long capped = Math.min(doubled, longestDelay.toMillis());
        return Duration.ofMillis(capped / 2 + (long) (capped / 2.0 * jitter));
    }
}
