package ai.bctrl.local.internal.live;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.service.EventFeed;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.EventQuery;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Tells the timeline of a run whenever one of its events was written. Thread-safe. */
public final class RunActivityFeed implements ActivityFeed {

    private final Activity activity;
    private final Events events;
    private final Executor executor;

    /** Creates a feed that makes its rows on these threads. */
    public RunActivityFeed(Activity activity, Events events, Executor executor) {
        this.activity = activity;
        this.events = events;
        this.executor = executor;
    }

    @Override
    public Subscription follow(String runId, Consumer<JsonObject> rows) {
        EventFeed news = events.follow(runId, EventQuery.builder().build(), null);
        Reader reader = new Reader(activity.follow(runId, null, List.of()), rows, news);
        news.onNews(reader::awaken);
        return reader;
    }

    private final class Reader implements Subscription {
        private final Activity.Tail tail;
        private final Consumer<JsonObject> rows;
        private final EventFeed news;
        private boolean busy;
        private boolean again;
        private boolean closed;

        Reader(Activity.Tail tail, Consumer<JsonObject> rows, EventFeed news) {
            this.tail = tail;
            this.rows = rows;
            this.news = news;
        }

        void awaken() {
            synchronized (this) {
                again = true;
                if (busy || closed) {
                    return;
                }
                busy = true;
            }
            try {
                executor.execute(this::read);
            } catch (RejectedExecutionException ending) {
                close();
            }
        }

        private void read() {
            while (goesOn()) {
                List<ActivityItem> changed = tail.poll();
                for (ActivityItem item : changed) {
                    rows.accept(JsonParser.parseString(Json.write(item)).getAsJsonObject());
                }
                if (!changed.isEmpty()) {
                    awaken();
                }
            }
        }

        private synchronized boolean goesOn() {
            busy = again && !closed;
            again = false;
            return busy;
        }

        @Override
        public synchronized void close() {
            closed = true;
            news.close();
        }
    }
}
