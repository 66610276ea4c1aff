package ai.bctrl.local.internal.service;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.EventStore;
import ai.bctrl.local.internal.store.NewEvent;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.SortOrder;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happened in the runs. Thread-safe. */
public final class Events implements AutoCloseable {

    private static final String LIST = "e";
    static final String SOURCE = "control-plane";

    private final Database database;
    private final EventStore store;
    private final InstantSource clock;
    private final Workers workers;
    private final Grouped<Waiter> waiters = new Grouped<>();
    private final Grouped<EventFeed> feeds = new Grouped<>();
    private final List<Consumer<List<NewEvent>>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Creates the events of a database. */
    public Events(Database database, InstantSource clock, Workers workers) {
        this.database = database;
        this.store = new EventStore(database);
        this.clock = clock;
        this.workers = workers;
    }

    /** Records something about a runtime; within a change. */
    void append(String runId, String runtimeId, String type, Map<String, ?> data) {
        append(runId, runtimeId, type, null, data);
    }

    /** Records something, about a connection where one is given; within a change. */
    void append(String runId, String runtimeId, String type, @Nullable String connectionId, Map<String, ?> data) {
        String kind = type.substring(0, type.indexOf('.'));
        JsonObject json =
                data.isEmpty() ? null : JsonParser.parseString(Json.write(data)).getAsJsonObject();
        append(List.of(new NewEvent(
                runId, runtimeId, type, kind, SOURCE, connectionId, null, null, json, Timestamps.now(clock))));
    }

    /** Has somebody told of all that is recorded from now on, once it is written, on threads that must not be kept. */
    public void listen(Consumer<List<NewEvent>> listener) {
        listeners.add(listener);
    }

    /** Records what others have seen, in this order; within a change. */
    public void append(List<NewEvent> events) {
        store.insert(events);
        announce(events);
    }

    private void announce(List<NewEvent> events) {
        List<NewEvent> written = List.copyOf(events);
        database.afterCommit(() -> listeners.forEach(listener -> listener.accept(written)));
        Set<String> runs = new LinkedHashSet<>();
        events.forEach(event -> runs.add(event.runId()));
        database.afterCommit(() -> runs.forEach(this::awaken));
    }

    private void awaken(String runId) {
        waiters.of(runId).forEach(Waiter::checkSoon);
        feeds.of(runId).forEach(EventFeed::awaken);
    }

    /** Records events of a run that is there, in this order; within a change. {@return what was written} */
    List<RunEvent> appendAndRead(List<NewEvent> events) {
        List<RunEvent> written = store.insertAndRead(events);
        announce(events);
        return written;
    }

    /**
     * Follows the events of a run.
     *
     * @param query the filter; its cursor, where to begin, may also be the id of the last event that was seen
     * @param lastEventId the id of the last event that was seen, which counts more than the cursor; null for none
     * @return the events from there on, to be closed by the caller
     * @throws ApiProblem 400 for a cursor or an id that is none
     */
    public EventFeed follow(String runId, EventQuery query, @Nullable String lastEventId) {
        long after = lastEventId != null && !lastEventId.isEmpty()
                ? place(runId, "Last-Event-ID", lastEventId)
                : query.cursor() != null && query.cursor().indexOf('-') == 8
                        ? place(runId, "cursor", query.cursor())
                        : Cursors.decode(LIST, query.cursor(), 0);
        EventFeed feed = new EventFeed(runId, new EventPlace(store, runId, filter(query), after), feeds);
        feeds.add(runId, feed);
        if (closed) {
            feed.end();
        }
        return feed;
    }

    private long place(String runId, String field, String eventId) {
        Long place = store.place(runId, eventId);
        if (place == null) {
            throw ApiProblem.invalid(field, field + " must be the id of an event of this run.");
        }
        return place;
    }

    private static EventStore.Filter filter(EventQuery query) {
        return new EventStore.Filter(
                orEmpty(query.type()), orEmpty(query.kind()), query.connectionId(), query.pageId(), query.contextId());
    }

    /**
     * Lists events of a run. A page of those of a kind, connection, page or context, but of any type, holds those among the next
     * 10,000 events, be they few or none, and says where to go on.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 400 for a cursor that is none
     */
    public RunEventList list(String runId, EventQuery query) {
        int limit = Objects.requireNonNull(query.limit());
        EventStore.Filter filter = filter(query);
        EventStore.Page page = query.order() == SortOrder.DESC
                ? store.listBefore(runId, filter, Cursors.decode(LIST, query.cursor(), Long.MAX_VALUE), limit)
                : store.listAfter(runId, filter, Cursors.decode(LIST, query.cursor(), 0), limit);
        return new RunEventList(
                page.events().stream().map(EventStore.Numbered::event).toList(),
                page.next() == null ? null : Cursors.encode(LIST, page.next()));
    }

    /**
     * Waits for the first event after a place; one that was there before the call counts.
     *
     * @param request the filter and the place; no place means the begin of the run
     * @param timeout how long to wait
     * @return completes in time, without an event where none came; no thread waits meanwhile
     * @throws ApiProblem 400 for a cursor that is none
     */
    public CompletionStage<WaitedEvent> await(String runId, WaitForEventRequest request, Duration timeout) {
        EventStore.Filter filter = new EventStore.Filter(
                orEmpty(request.type()),
                orEmpty(request.kind()),
                request.connectionId(),
                request.pageId(),
                request.contextId());
        Waiter waiter = new Waiter(runId, filter, Cursors.decode(LIST, request.cursor(), 0));
        waiters.add(runId, waiter);
        waiter.check();
        if (timeout.isZero() || closed) {
            waiter.giveUp();
        }
        if (!waiter.result.isDone()) {
            waiter.giveUpAfter(timeout);
        }
        return waiter.result;
    }

    private static List<String> orEmpty(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    /** Ends all waiting without an event, and all following. */
    @Override
    public void close() {
        closed = true;
        waiters.all().forEach(Waiter::giveUp);
        feeds.all().forEach(EventFeed::end);
    }

    private final class Waiter {
        private final String runId;
        private final EventPlace place;
        private final long after;
        private EventStore.@Nullable Numbered found;
        private final CompletableFuture<WaitedEvent> result = new CompletableFuture<>();

        Waiter(String runId, EventStore.Filter filter, long after) {
            this.runId = runId;
            this.place = new EventPlace(store, runId, filter, after);
            this.after = after;
        }

        void checkSoon() {
            try {
                workers.quick().execute(this::check);
            } catch (RejectedExecutionException closing) {
                // close() ends the waiting.
            }
        }

        void check() {
            if (result.isDone()) {
                return;
            }
            EventStore.Numbered first;
            synchronized (place) {
                // Whoever gives up at the same time must find it as well.
                first = found != null
                        ? found
                        : place.next(1).stream().findFirst().orElse(null);
                found = first;
            }
            if (first != null) {
                complete(first.event(), first.seq());
            }
        }

        void giveUpAfter(Duration timeout) {
            try {
                ScheduledFuture<?> alarm = workers.clock()
                        .schedule(
                                () -> workers.quick().execute(this::giveUp), timeout.toMillis(), TimeUnit.MILLISECONDS);
                var unused = result.whenComplete((event, failed) -> alarm.cancel(false));
            } catch (RejectedExecutionException closing) {
                giveUp();
            }
        }

        void giveUp() {
            // Read before the last look: what comes later must not be skipped by the next request.
            long last = Math.max(after, store.last(runId));
            check();
            complete(null, last);
        }

        private void complete(@Nullable RunEvent event, long place) {
            waiters.remove(runId, this);
            result.complete(new WaitedEvent(event, event == null, Cursors.encode(LIST, place)));
        }
    }
}
