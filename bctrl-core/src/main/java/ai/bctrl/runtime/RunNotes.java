package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.NewRunEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells a run what its user does, without keeping the user waiting: a thread of its own sends what has come together. A
 * service that does not take notes gets no further ones. Thread-safe.
 */
final class RunNotes {
    private static final System.Logger LOG = System.getLogger(RunNotes.class.getName());
    private static final RequestOptions SEND = RequestOptions.none().withTimeout(Duration.ofSeconds(5));
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_WAITING = 10_000;

    private final BctrlClient client;
    private final String runId;
    private final Deque<NewRunEvent> waiting = new ArrayDeque<>();
    private boolean sending;
    private boolean refused;

    RunNotes(BctrlClient client, String runId) {
        this.client = client;
        this.runId = runId;
    }

    /** Has a note sent soon, after those before it. */
    synchronized void add(NewRunEvent note) {
        if (refused || waiting.size() >= MOST_WAITING) {
            return;
        }
        waiting.add(note);
        if (!sending) {
            sending = true;
            Thread thread = new Thread(this::send, "bctrl-run-notes");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until all notes are sent, or the time is over. */
    synchronized void flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (sending) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        List<NewRunEvent> batch = next();
        while (!batch.isEmpty()) {
            try {
                client.runs().addEvents(runId, batch, SEND);
            } catch (BctrlException notTaken) {
                LOG.log(System.Logger.Level.DEBUG, "bctrl: the run is told nothing more: {0}", notTaken.getMessage());
                refuse();
            }
            batch = next();
        }
    }

    private synchronized List<NewRunEvent> next() {
        List<NewRunEvent> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
            batch.add(waiting.remove());
        }
        if (batch.isEmpty()) {
            sending = false;
            notifyAll();
        }
        return batch;
    }

    private synchronized void refuse() {
        refused = true;
        waiting.clear();
    }
}
