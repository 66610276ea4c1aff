package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the machine bears one more browser. The first is always admitted. Thread-safe.
 *
 * <p>Too little memory stops further browsers, as the kernel would kill some. Busy processors make everything slow and kill
 * nothing, so browsers only start one after the other then. What was short must be well over the mark of the refusal before it
 * counts as enough again.
 */
final class Admission {

    /** What a browser that is being started will need soon. */
    static final long BROWSER = 192L << 20;

    private static final Duration FRESH = Duration.ofMillis(200);
    private static final long LEAST = 256L << 20;
    private static final long MOST = 1L << 30;

    /** Why a browser must wait. */
    enum Obstacle {
        /** All places are taken. */
        PLACES,
        /** The memory is short. */
        MEMORY,
        /** The processors are busy. */
        CPU;

        /** {@return its name in answers} */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Supplier<Machine.Reading> machine;
    private final LongSupplier nanos;
    private Machine.@Nullable Reading reading;
    private long readAt;
    private boolean scarce;
    private boolean busy;

    Admission(Supplier<Machine.Reading> machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
    }

    /**
     * {@return what is in the way of one more browser, or null}
     *
     * @param active browsers there are, with those that are being started
     * @param starting those of them that are not up yet
     */
    synchronized @Nullable Obstacle obstacle(int active, int starting) {
        if (active == 0) {
            return null;
        }
        Machine.Reading now = reading();
        scarce = isScarce(now, starting);
        if (scarce) {
            return Obstacle.MEMORY;
        }
        busy = isBusy(now);
        return busy && starting > 0 ? Obstacle.CPU : null;
    }

    /** {@return the bytes that can still be had, or -1} */
    synchronized long memoryAvailable() {
        return reading().memory();
    }

    private boolean isScarce(Machine.Reading now, int starting) {
        if (now.memory() < 0) {
            return false;
        }
        long low = lowMark(now.memoryLimit());
        return now.memory() - starting * BROWSER < (scarce ? low + low / 2 : low);
    }

    /** An eighth of a small machine, 256 MiB, and a twentieth of a large one up to 1 GiB. */
    static long lowMark(long limit) {
        return limit < 0 ? LEAST : Math.max(Math.min(LEAST, limit / 8), Math.min(MOST, limit / 20));
    }

    /** Long queues at every processor, and that not just in the past; either alone is what a good test run looks like. */
    private boolean isBusy(Machine.Reading now) {
        double pressure = now.cpuPressure() < 0 ? 100 : now.cpuPressure();
        return busy ? now.loadPerCpu() >= 6 && pressure >= 75 : now.loadPerCpu() >= 8 && pressure >= 90;
    }

    private Machine.Reading reading() {
        long now = nanos.getAsLong();
        Machine.Reading last = reading;
        if (last == null || now - readAt > FRESH.toNanos()) {
            last = machine.get();
            reading = last;
            readAt = now;
        }
        return last;
    }
}
