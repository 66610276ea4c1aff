package ai.bctrl.runtime;

import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.error.CapacityException;
import ai.bctrl.internal.http.Sleeper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the service's line for a browser, and lets only some of this JVM do so at a time. Thread-safe.
 *
 * <p>All may ask until the service lets one wait. Then the number of those that ask at a time is halved, and grows by one with
 * each that got its browser: enough of us stand in line to take what becomes free, the others wait here, in the order in which
 * they came.
 */
final class CapacityGate {
    private static final Logger LOG = System.getLogger("ai.bctrl.capacity");
    private static final Duration FIRST_HOLD = Duration.ofSeconds(2);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);
    private static final Duration WHEN_NOT_TOLD = Duration.ofSeconds(5);

    private final Sleeper sleeper = Sleeper.real();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
    private int asking;
    private int mayAsk = Integer.MAX_VALUE;
    private long lineDue = System.nanoTime();
    private @Nullable CapacityException last;

    /**
     * What was asked for.
     *
     * @param queued how long it took until it was asked for the last time
     */
    record Passed<T>(T value, Duration queued) {}

    /**
     * One request of several.
     *
     * @param hold how long the service may keep it waiting, in whole seconds
     * @param queued how long we have waited
     * @param inLine whether the service has let us wait before
     */
    record Turn(Duration hold, Duration queued, boolean inLine) {}

    /**
     * Asks until there is a place.
     *
     * @param queueTimeout how long to wait altogether
     * @throws CapacityException if there was none in that time
     */
    <T> Passed<T> pass(Duration queueTimeout, Function<Turn, T> ask) {
        long start = System.nanoTime();
        enter(queueTimeout);
        boolean passed = false;
        try {
            Duration hold = FIRST_HOLD;
            boolean inLine = false;
            while (true) {
                Duration queued = since(start);
                try {
                    Duration held = wholeSeconds(least(hold, queueTimeout.minus(queued)));
                    T value = ask.apply(new Turn(held, queued, inLine));
                    passed = true;
                    return new Passed<>(value, queued);
                } catch (CapacityException refused) {
                    inLine = true;
                    hold = least(told(refused), LONGEST_HOLD);
                    Duration left = queueTimeout.minus(since(start));
                    if (left.isNegative() || left.isZero()) {
                        throw refused.after(queueTimeout);
                    }
                    if (!refused.code().equals("capacity.waiting")) {
                        Duration asked = refused.retryAfter();
                        pause(least(asked == null ? WHEN_NOT_TOLD : asked, left));
                    }
                }
            }
        } finally {
            leave(passed);
        }
    }

    private void enter(Duration queueTimeout) {
        lock.lock();
        try {
            Condition turn = lock.newCondition();
            waiting.addLast(turn);
            try {
                long left = queueTimeout.toNanos();
                while (waiting.peekFirst() != turn || asking >= mayAsk) {
                    CapacityException why = last;
                    if (left <= 0 && why != null) {
                        throw why.after(queueTimeout);
                    }
                    left = turn.awaitNanos(left);
                }
                asking++;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BctrlInterruptedException("interrupted while waiting for a place", interrupted);
            } finally {
                waiting.remove(turn);
                callNext();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(boolean passed) {
        lock.lock();
        try {
            asking--;
            if (passed && mayAsk < Integer.MAX_VALUE) {
                mayAsk++;
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        Condition next = waiting.peekFirst();
        if (next != null && asking < mayAsk) {
            next.signal();
        }
    }

    /** {@return how long it is until the next line of the log is due} */
    private Duration told(CapacityException refused) {
        lock.lock();
        try {
            last = refused;
            mayAsk = Math.max(1, asking / 2);
            long now = System.nanoTime();
            if (now - lineDue >= 0) {
                lineDue = now + BETWEEN_LINES.toNanos();
                LOG.log(Level.INFO, () -> line(refused, waiting.size()));
            }
            return Duration.ofNanos(lineDue - now);
        } finally {
            lock.unlock();
        }
    }

    private static String line(CapacityException refused, int more) {
        Integer max = refused.maxRuntimes();
        return "waiting for a browser: number " + refused.position() + " of " + refused.waiting() + " in line, "
                + refused.active() + (max == null ? "" : " of " + max) + " places taken"
                + (refused.reason() == null ? "" : " (" + refused.reason() + ")")
                + (more == 0 ? "" : "; " + more + " more of this JVM wait for their turn");
    }

    private void pause(Duration pause) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException("interrupted while waiting for a place", interrupted);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Rounded up, so that the end of the time is not spent on asking again and again. */
    private static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(0, duration.plusMillis(999).toSeconds()));
    }
}
