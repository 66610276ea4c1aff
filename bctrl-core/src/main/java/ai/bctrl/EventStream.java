package ai.bctrl;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.internal.http.EventSource;
import ai.bctrl.internal.json.Json;
import ai.bctrl.model.RunEnd;
import ai.bctrl.model.RunEvent;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run as they come, to the end of the run. Got from {@link Runs#stream(String,
 * ai.bctrl.model.EventQuery)}.
 *
 * <pre>{@code
 * try (EventStream events = client.runs().stream(runId, EventQuery.builder().build())) {
 *     while (events.hasNext()) {
 *         System.out.println(events.next().type());
 *     }
 *     System.out.println("ended " + events.end());
 * }
 * }</pre>
 *
 * <p>A lost connection is replaced by itself, without losing or repeating an event; so each event comes once, in the order
 * of the run. At most 256 events are read ahead.
 *
 * <p>Not thread-safe, but {@link #close()} may be called from any thread. Whoever got it closes it; it holds a connection
 * and a daemon thread.
 */
public final class EventStream implements Iterator<RunEvent>, AutoCloseable {
    private static final int AHEAD = 256;
    private static final Duration JOIN = Duration.ofSeconds(2);

    private sealed interface Arrival {}

    private record Happened(RunEvent event) implements Arrival {}

    private record Ended(@Nullable RunEnd end) implements Arrival {}

    private record Failed(BctrlException failure) implements Arrival {}

    private final String runId;
    private final EventSource source;
    private final Duration patience;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private volatile boolean closed;
    private @Nullable RunEvent ready;
    private @Nullable Arrival last;

    EventStream(String runId, EventSource source, Duration patience) {
        this.runId = runId;
        this.source = source;
        this.patience = patience;
        this.reader = new Thread(this::read, "bctrl-events-" + runId);
        this.reader.setDaemon(true);
    }

    EventStream start() {
        reader.start();
        return this;
    }

    private void read() {
        try {
            for (EventSource.Frame frame = source.next(); frame != null; frame = source.next()) {
                if (frame.name().equals("run.event")) {
                    arrivals.put(new Happened(Json.read(frame.data(), RunEvent.class)));
                } else if (frame.name().equals("run.ended")) {
                    arrivals.put(new Ended(Json.read(frame.data(), RunEnd.class)));
                    return;
                }
            }
        } catch (BctrlException failure) {
            tell(new Failed(failure));
        } catch (InterruptedException closing) {
            // Nobody reads any more.
        } finally {
            source.close();
        }
    }

    private void tell(Arrival arrival) {
        try {
            arrivals.put(arrival);
        } catch (InterruptedException closing) {
            // Nobody reads any more.
        }
    }

    /**
     * Waits for the next event.
     *
     * @return whether there is one; false at the end of the run, and after {@link #close()}
     * @throws BctrlTimeoutException if none came within the time-out of the call, 60 s by default; it may be asked again
     * @throws BctrlException if the service refuses, or the connection was lost and did not come back in time
     */
    @Override
    public boolean hasNext() {
        if (ready == null) {
            ready = poll(patience);
        }
        if (ready == null && last == null && !closed) {
            throw new BctrlTimeoutException(
                    "no event within " + patience.toMillis() + " ms in run " + runId + ", which goes on", null);
        }
        return ready != null;
    }

    /**
     * Takes the next event, waiting as {@link #hasNext()} does.
     *
     * @throws NoSuchElementException at the end of the run
     */
    @Override
    public RunEvent next() {
        if (!hasNext() || ready == null) {
            throw new NoSuchElementException("run " + runId + " has no more events");
        }
        RunEvent event = ready;
        ready = null;
        return event;
    }

    /**
     * Takes the next event if it comes in time.
     *
     * @param timeout how long to wait; zero to take only what is there
     * @return the event; null if none came, or none will: see {@link #isEnded()}
     * @throws BctrlException if the service refuses, or the connection was lost and did not come back in time
     */
    public @Nullable RunEvent poll(Duration timeout) {
        RunEvent event = ready;
        ready = null;
        if (event != null || closed) {
            return event;
        }
        Arrival arrival = last == null ? take(timeout) : last;
        if (arrival instanceof Happened happened) {
            return happened.event();
        } else if (arrival != null) {
            last = arrival;
        }
        if (arrival instanceof Failed failed) {
            throw failed.failure();
        }
        return null;
    }

    private @Nullable Arrival take(Duration timeout) {
        try {
            return arrivals.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException("interrupted while waiting for an event of run " + runId, interrupted);
        }
    }

    /** {@return whether the last event of the run was taken} */
    public boolean isEnded() {
        return last instanceof Ended && ready == null;
    }

    /** {@return how the run ended; null before {@link #isEnded()}} */
    public @Nullable RunEnd end() {
        return last instanceof Ended ended && ready == null ? ended.end() : null;
    }

    /** Ends the stream; a thread that waits in it goes on when its wait is over. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
        source.close();
        reader.interrupt();
        boolean interrupted = false;
        try {
            reader.join(JOIN.toMillis());
        } catch (InterruptedException now) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
