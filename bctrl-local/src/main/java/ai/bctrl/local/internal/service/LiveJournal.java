package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.NewEvent;
import com.google.gson.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes into the record of a run who watched it, that somebody steered it, and how its browser fares. Thread-safe. */
public final class LiveJournal {

    private static final String KIND = "live";
    private static final String SOURCE = "control-plane";

    private final Database database;
    private final Events events;
    private final InstantSource clock;
    private final Workers workers;

    /** Creates a journal that writes into a database. */
    public LiveJournal(Database database, Events events, InstantSource clock, Workers workers) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Writes an event of kind {@code live} soon, unless the run is over then.
     *
     * @param pageId DevTools' id of the page it is about, if any
     * @param data nobody changes it any more
     */
    public void write(LiveBrowser browser, String type, @Nullable String pageId, JsonObject data) {
        write(browser, event(browser, type, KIND, pageId, data));
    }

    /** Writes an event of kind {@code runtime} soon, unless the run is over then. */
    public void writeOfRuntime(LiveBrowser browser, String type, JsonObject data) {
        write(browser, event(browser, type, "runtime", null, data));
    }

    private void write(LiveBrowser browser, NewEvent event) {
        try {
            workers.journal().execute(() -> {
                if (browser.isUp()) {
                    append(event);
                }
            });
        } catch (RejectedExecutionException closed) {
            // The control plane is gone; nobody can read its events.
        }
    }

    /** Writes an event before it returns; for the last ones of a run. */
    public void writeNow(LiveBrowser browser, String type, JsonObject data) {
        append(event(browser, type, KIND, null, data));
    }

    private void append(NewEvent event) {
        database.change(() -> events.append(List.of(event)));
    }

    private NewEvent event(LiveBrowser browser, String type, String kind, @Nullable String pageId, JsonObject data) {
        return new NewEvent(
                browser.runId(),
                browser.runtimeId(),
                type,
                kind,
                SOURCE,
                null,
                pageId,
                null,
                data,
                Timestamps.now(clock));
    }
}
