package ai.bctrl.local.internal.service;

import java.time.Duration;

/**
 * Time during which this process could have noticed something. It stands still while the process is stopped or gets no
 * turn, so that nobody is blamed for a silence that was ours. Thread-safe.
 */
public final class AttendedTime {

    private final long mostAtOnce;
    private long last;
    private long total;

    /**
     * Begins at zero.
     *
     * @param mostAtOnce how much one look counts, however long ago the look before was; a little more than the time between
     *     two looks
     * @param now of {@link System#nanoTime}
     */
    public AttendedTime(Duration mostAtOnce, long now) {
        this.mostAtOnce = mostAtOnce.toNanos();
        this.last = now;
    }

    /**
     * Counts the time since the last look.
     *
     * @param now of {@link System#nanoTime}
     * @return all that was counted
     */
    public synchronized Duration look(long now) {
        total += Math.min(Math.max(0, now - last), mostAtOnce);
        last = now;
        return Duration.ofNanos(total);
    }
}
