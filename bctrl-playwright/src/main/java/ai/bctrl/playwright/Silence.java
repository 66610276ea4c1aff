package ai.bctrl.playwright;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long nothing was heard from the other side of a connection. Only time counts in which the clock was on time
 * and somebody listened: a machine that stands still, or a driver that does not read, is not the other side's silence.
 * What is heard and sent is told by any thread; one thread asks.
 */
final class Silence {
    /** How often {@link #tick} is called. */
    static final Duration TICK = Duration.ofMillis(100);

    /** Slower lines than this are not waited for: what was sent may stand before the question. */
    private static final long BYTES_PER_SECOND = 500_000;

    private static final int PINGS_PER_LIMIT = 4;
    private static final long LATEST_NANOS = 2 * TICK.toNanos();

    private final long limit;
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean listening;
    private volatile boolean answering;

    private long seen = -1;
    private long counted;
    private long sentBefore;
    private int pings;

    /** How grave it is. */
    enum Stage {
        /** It is heard of. */
        HEARD,
        /** It did not answer for as long as the limit. */
        SUSPECT,
        /** It did not answer for twice as long. */
        SILENT
    }

    Silence(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** Somebody begins to wait for the other side. */
    void listen() {
        listening = true;
    }

    /** Something came. */
    void hear() {
        listening = false;
        heard.incrementAndGet();
    }

    /** The other side answered a question; one that never does cannot be judged by its silence. */
    void answer() {
        answering = true;
    }

    /** Bytes were handed to the network; if that took a while, the other side has taken some of those before. */
    void send(int bytes, long nanos) {
        sent.addAndGet(bytes);
        if (nanos > TICK.toNanos() / 2) {
            heard.incrementAndGet();
        }
    }

    /** Counts the time since the last call. */
    void tick(long nanos) {
        long now = heard.get();
        if (now != seen || !listening) {
            seen = now;
            counted = 0;
            pings = 0;
            sentBefore = sent.get();
        } else {
            counted += Math.min(nanos, LATEST_NANOS);
        }
    }

    /** Whether to ask the other side for a sign of life; true once for each time it is due. */
    boolean isPingDue() {
        if (counted >= (pings + 1) * (limit / PINGS_PER_LIMIT)) {
            pings++;
            return true;
        }
        return false;
    }

    Stage stage() {
        long allowance = Math.min(limit, (sent.get() - sentBefore) * TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND);
        if (!answering || pings == 0 || counted < limit + allowance) {
            return Stage.HEARD;
        }
        return counted < 2 * limit + allowance ? Stage.SUSPECT : Stage.SILENT;
    }

    /** How long nothing was heard. */
    Duration length() {
        return Duration.ofNanos(counted);
    }
}
