package ai.bctrl.junit.internal.run;

import java.time.Duration;
import java.time.Instant;

/**
 * A process that is not mistaken for a later one with the same number. Immutable.
 *
 * @param pid its number
 * @param started when it was started; {@link Instant#EPOCH} where the system does not tell
 */
record ProcessId(long pid, Instant started) {
    /** Systems count from their own start, and two readers may disagree about when that was. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    boolean isSame(ProcessId other) {
        return pid == other.pid
                && Duration.between(started, other.started).abs().compareTo(TOLERANCE) <= 0;
    }
}
