package ai.bctrl.local.internal.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps strangers from holding connections: the head of a request must arrive within 10 s after the connection was opened or its
 * last answer was complete, and where there are too many connections the oldest that carry no request of somebody with a key are
 * closed. It knows no sockets after an upgrade. Thread-safe.
 */
final class ConnectionGuard extends AbstractLifeCycle implements Connection.Listener {

    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final int most;
    private final Map<Connection, State> states = new ConcurrentHashMap<>();
    private volatile Scheduler.@Nullable Task next;

    /** One connection. */
    private static final class State {
        private volatile long since = System.nanoTime();
        private volatile long bytes;
        private volatile boolean fresh = true;
        private volatile boolean answering;
        private volatile boolean trusted;
    }

    private record Candidate(Connection connection, long age) {}

    /**
     * Guards connections.
     *
     * @param most how many there may be
     */
    ConnectionGuard(Scheduler scheduler, int most) {
        this.scheduler = scheduler;
        this.most = most;
    }

    @Override
    protected void doStart() {
        plan();
    }

    @Override
    protected void doStop() {
        Scheduler.Task planned = next;
        if (planned != null) {
            planned.cancel();
        }
    }

    private void plan() {
        next = scheduler.schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        states.put(connection, new State());
        if (states.size() > most) {
            makeRoom();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        states.remove(connection);
    }

    /** The head of a request is here. */
    void began(Connection connection) {
        State state = states.get(connection);
        if (state != null) {
            state.answering = true;
            state.fresh = false;
        }
    }

    /** Whoever sent the request has shown a key. */
    void trust(Connection connection) {
        State state = states.get(connection);
        if (state != null) {
            state.trusted = true;
        }
    }

    /** The answer is complete. */
    void ended(Connection connection) {
        State state = states.get(connection);
        if (state != null) {
            state.bytes = connection.getBytesIn();
            state.since = System.nanoTime();
            state.trusted = false;
            state.answering = false;
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        states.forEach((connection, state) -> {
            boolean begun = state.fresh || connection.getBytesIn() != state.bytes;
            if (!state.answering && !begun) {
                // Between two requests. Slow is only who has begun the next one.
                state.since = now;
            } else if (!state.answering && now - state.since > HEAD.toNanos()) {
                connection.getEndPoint().close();
            }
        });
        if (isRunning() || isStarting()) {
            plan();
        }
    }

    /** Gives up an eighth at once, so that a flood does not have each of its connections looked for. */
    private synchronized void makeRoom() {
        if (states.size() <= most) {
            return;
        }
        List<Candidate> strangers = new ArrayList<>();
        long now = System.nanoTime();
        states.forEach((connection, state) -> {
            if (!state.trusted) {
                strangers.add(new Candidate(connection, now - state.since));
            }
        });
        strangers.sort(Comparator.comparingLong(Candidate::age).reversed());
        int surplus = states.size() - most + Math.max(1, most / 8);
        for (Candidate stranger : strangers.subList(0, Math.min(surplus, strangers.size()))) {
            stranger.connection().getEndPoint().close();
        }
    }
}
