package ai.bctrl.internal.http;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events that outlives its connections: a lost one is replaced by one that begins behind the last event that
 * was read. One thread reads; any may close.
 */
public final class EventSource implements AutoCloseable {
    private final Transfers transfers;
    private final Transport transport;
    private final ApiCall call;
    private final Duration patience;
    private @Nullable EventConnection connection;
    private @Nullable String lastEventId;
    private int fruitless;
    private boolean closed;

    private EventSource(Transfers transfers, Transport transport, ApiCall call, Duration patience) {
        this.transfers = transfers;
        this.transport = transport;
        this.call = call;
        this.patience = patience;
    }

    /**
     * One event. Immutable.
     *
     * @param name what kind of event it is
     * @param id where to resume behind it; null if that is not a place
     * @param data what it tells
     */
    public record Frame(String name, @Nullable String id, String data) {}

    static EventSource open(Transfers transfers, Transport transport, ApiCall call, Duration patience) {
        EventSource source = new EventSource(transfers, transport, call, patience);
        EventConnection first = source.reconnect();
        if (first != null) {
            source.adopt(first);
        }
        return source;
    }

    /**
     * Reads the next event, however many connections that takes.
     *
     * @return null once this is closed
     * @throws BctrlException if the service refuses, or the connection is lost and does not come back in time
     */
    public @Nullable Frame next() {
        while (true) {
            EventConnection current = current();
            if (current == null) {
                return null;
            }
            try {
                Frame frame = current.next();
                if (frame != null) {
                    lastEventId = frame.id() == null ? lastEventId : frame.id();
                    fruitless = 0;
                    return frame;
                }
            } catch (IOException lost) {
                // As if the stream had ended: what was cut off is sent again.
            }
            current.close();
            fruitless++;
            if (fruitless > 1 && !isClosed()) {
                transport.sleep(transport.pause(fruitless - 1), call);
            }
            EventConnection replacement = reconnect();
            if (replacement == null) {
                return null;
            }
            adopt(replacement);
        }
    }

    private synchronized @Nullable EventConnection current() {
        return closed ? null : connection;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void adopt(EventConnection opened) {
        boolean late;
        synchronized (this) {
            connection = opened;
            late = closed;
        }
        if (late) {
            opened.cancel();
        }
    }

    /** A new connection, or null where this is closed. */
    private @Nullable EventConnection reconnect() {
        Deadline deadline = new Deadline(patience);
        for (int tries = 1; !isClosed(); tries++) {
            try {
                return transfers.connect(call, lastEventId);
            } catch (BctrlException failure) {
                Duration pause = transport.pause(tries, failure);
                if (isClosed()) {
                    return null;
                } else if (!transport.mayPass(failure) || pause.compareTo(deadline.left()) >= 0) {
                    throw failure;
                }
                transport.sleep(pause, call);
            }
        }
        return null;
    }

    /** Ends the stream; a thread that reads is told so at once. */
    @Override
    public void close() {
        EventConnection open;
        synchronized (this) {
            closed = true;
            open = connection;
        }
        if (open != null) {
            open.cancel();
        }
    }
}
