package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events of the runs. Thread-safe. */
public final class EventStore {

    static final String LAST = "SELECT seq FROM event WHERE run_id = :runId ORDER BY run_id DESC, seq DESC LIMIT 1";

    private final Database database;

    /** Creates a store. */
    public EventStore(Database database) {
        this.database = database;
    }

    /**
     * Which events to list. An empty list means any.
     *
     * @param types dotted names
     * @param kinds families
     * @param connectionId null for any
     * @param pageId null for any
     * @param contextId null for any
     */
    public record Filter(
            List<String> types,
            List<String> kinds,
            @Nullable String connectionId,
            @Nullable String pageId,
            @Nullable String contextId) {

        public Filter {
            types = List.copyOf(types);
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * An event and its place in the order of events.
     *
     * @param seq greater for a later one
     * @param event the event
     */
    public record Numbered(long seq, RunEvent event) {}

    /** {@return at most so many events of a run after a place, oldest first} */
    public List<Numbered> listAfter(String runId, Filter filter, long after, int limit) {
        return list("seq > :bound", "ASC", runId, filter, after, limit);
    }

    /** {@return at most so many events of a run before a place, newest first} */
    public List<Numbered> listBefore(String runId, Filter filter, long before, int limit) {
        return list("seq < :bound", "DESC", runId, filter, before, limit);
    }

    /** H2 takes the order from the index only where all of its columns are named, the one that is equal as well. */
    static String sql(String bounded, String order, Filter filter) {
        return "SELECT * FROM event WHERE run_id = :runId AND " + bounded
                + (filter.types().isEmpty() ? "" : " AND type IN (<types>)")
                + (filter.kinds().isEmpty() ? "" : " AND kind IN (<kinds>)")
                + (filter.connectionId() == null ? "" : " AND connection_id = :connectionId")
                + (filter.pageId() == null ? "" : " AND page_id = :pageId")
                + (filter.contextId() == null ? "" : " AND context_id = :contextId")
                + " ORDER BY run_id " + order + ", seq " + order + " LIMIT :limit";
    }

    private List<Numbered> list(String bounded, String order, String runId, Filter filter, long bound, int limit) {
        String sql = sql(bounded, order, filter);
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("runId", runId)
                    .bind("bound", bound)
                    .bind("limit", limit);
            if (!filter.types().isEmpty()) {
                query.bindList("types", filter.types());
            }
            if (!filter.kinds().isEmpty()) {
                query.bindList("kinds", filter.kinds());
            }
            if (filter.connectionId() != null) {
                query.bind("connectionId", filter.connectionId());
            }
            if (filter.pageId() != null) {
                query.bind("pageId", filter.pageId());
            }
            if (filter.contextId() != null) {
                query.bind("contextId", filter.contextId());
            }
            return query.map((row, context) -> new Numbered(row.getLong("seq"), event(row)))
                    .list();
        });
    }

    /** {@return the place of the last event of a run, 0 where it has none} */
    public long last(String runId) {
        // Not MAX(seq), for which H2 reads every event of the run.
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LAST)
                        .bind("runId", runId)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    /** Adds events in this order; those whose run was deleted are dropped. */
    public void insert(List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO event"
                + " (id, run_id, runtime_id, type, kind, source, connection_id, page_id, context_id, data, time)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        database.jdbi().useHandle(handle -> {
            Set<String> runs = runs(handle, events);
            // Hundreds at a time: binding by name would take longer than the writing.
            try (PreparedStatement batch = handle.getConnection().prepareStatement(sql)) {
                for (NewEvent event : events) {
                    if (runs.contains(event.runId())) {
                        bind(batch, event);
                        batch.addBatch();
                    }
                }
                batch.executeBatch();
            } catch (SQLException failed) {
                throw new StoreException(
                        StoreException.Problem.OTHER, "cannot write events: " + failed.getMessage(), failed);
            }
        });
    }

    /** The runs of the events that are there still. */
    private static Set<String> runs(Handle handle, List<NewEvent> events) {
        Set<String> runs = new HashSet<>();
        events.forEach(event -> runs.add(event.runId()));
        return handle.createQuery("SELECT id FROM run WHERE id IN (<runs>)")
                .bindList("runs", List.copyOf(runs))
                .mapTo(String.class)
                .set();
    }

    private static void bind(PreparedStatement batch, NewEvent event) throws SQLException {
        JsonObject data = event.data();
        batch.setString(1, UUID.randomUUID().toString());
        batch.setString(2, event.runId());
        batch.setString(3, event.runtimeId());
        batch.setString(4, event.type());
        batch.setString(5, event.kind());
        batch.setString(6, event.source());
        batch.setString(7, event.connectionId());
        batch.setString(8, event.pageId());
        batch.setString(9, event.contextId());
        batch.setString(10, data == null ? null : Json.write(data));
        batch.setString(11, event.time());
    }

    /** {@return the place of an event of a run, or null if it has no such event} */
    public @Nullable Long place(String runId, String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT seq FROM event WHERE run_id = :runId AND id = :id")
                        .bind("runId", runId)
                        .bind("id", id)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(null));
    }

    private static RunEvent event(ResultSet row) throws SQLException {
        JsonObject extra = new JsonObject();
        extra.addProperty("sequence", row.getLong("seq"));
        return new RunEvent(
                Columns.text(row, "type"),
                Columns.text(row, "time"),
                Columns.text(row, "source"),
                Columns.text(row, "id"),
                Columns.text(row, "run_id"),
                Columns.text(row, "runtime_id"),
                Columns.text(row, "kind"),
                row.getString("connection_id"),
                row.getString("page_id"),
                row.getString("context_id"),
                Columns.object(row, "data"),
                extra);
    }
}
