package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.StorageProblems;
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

    /** While the disk is full. */
    private static final long RETRY_MILLIS = 1_000;

    private static final int MOST_KEPT = 20_000;

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
        schedule(DELAY_MILLIS);
    }

    private void schedule(long millis) {
        try {
            // On the journal, behind what it was told before, such as that the controller is attached.
            var unused = workers.clock()
                    .schedule(() -> workers.journal().execute(this::flush), millis, TimeUnit.MILLISECONDS);
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
            int written = 0;
            try {
                while (written < batch.size()) {
                    List<NewEvent> part = batch.subList(written, Math.min(batch.size(), written + MOST_AT_ONCE));
                    database.room().require();
                    database.change(() -> events.append(part));
                    written += part.size();
                }
            } catch (RuntimeException failed) {
                if (StorageProblems.of(failed) == null) {
                    throw failed;
                }
                keep(batch.subList(written, batch.size()));
            }
        } finally {
            writing.unlock();
        }
    }

    /** There may be room again before there are too many. */
    private void keep(List<NewEvent> unwritten) {
        synchronized (this) {
            List<NewEvent> all = new ArrayList<>(unwritten);
            all.addAll(waiting);
            int tooMany = all.size() - MOST_KEPT;
            if (tooMany > 0) {
                System.getLogger(EventWriter.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "{0} events are dropped, because the database cannot be written",
                                tooMany);
                all.subList(0, tooMany).clear();
            }
            waiting = all;
            if (due || all.isEmpty()) {
                return;
            }
            due = true;
        }
        schedule(RETRY_MILLIS);
    }
}
