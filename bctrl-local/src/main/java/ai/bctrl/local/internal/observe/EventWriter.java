package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.Workers;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes events of all runs in batches, in the order in which they come. Thread-safe. */
final class EventWriter {

    private static final long DELAY_MILLIS = 30;
    private static final int MOST_AT_ONCE = 500;

    private final Database database;
    private final Events events;
    private final Workers workers;
    private final ReentrantLock writing = new ReentrantLock();
    private List<NewEvent> waiting = new ArrayList<>();
    private boolean due;

    EventWriter(Database database, Events events, Workers workers) {
        this.database = database;
        this.events = events;
        this.workers = workers;
    }

    void add(NewEvent event) {
        synchronized (this) {
            waiting.add(event);
            if (due) {
                return;
            }
            due = true;
        }
        try {
            // On the journal, behind what it was told before, such as that the controller is attached.
            var unused = workers.clock()
                    .schedule(() -> workers.journal().execute(this::flush), DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // What is left is written when the runs end.
        }
    }

    /** Has what has come until now written before all that the journal is told from now on. */
    void flushSoon() {
        try {
            workers.journal().execute(this::flush);
        } catch (RejectedExecutionException closing) {
            // What is left is written when the runs end.
        }
    }

    /** Writes what has come until now. */
    void flush() {
        writing.lock();
        try {
            List<NewEvent> batch;
            synchronized (this) {
                batch = waiting;
                waiting = new ArrayList<>();
                due = false;
            }
            for (int from = 0; from < batch.size(); from += MOST_AT_ONCE) {
                List<NewEvent> part = batch.subList(from, Math.min(batch.size(), from + MOST_AT_ONCE));
                database.change(() -> events.append(part));
            }
        } finally {
            writing.unlock();
        }
    }
}
