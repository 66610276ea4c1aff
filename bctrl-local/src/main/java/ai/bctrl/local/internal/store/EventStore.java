package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events of the runs. Thread-safe. */
public final class EventStore {

    static final String LAST = "SELECT seq FROM event WHERE run_id = :runId ORDER BY run_id DESC, seq DESC LIMIT 1";

    /** How many events of a run are looked at for one page where no index leads to those that fit. */
    static final int SEARCHED = 10_000;

    private static final String INSERT = "INSERT INTO event"
            + " (id, run_id, runtime_id, type, kind, source, connection_id, page_id, context_id, data, time)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String PLACE = "SELECT seq FROM event WHERE id = :id AND run_id = :runId";

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
            types = List.copyOf(new LinkedHashSet<>(types));
            kinds = List.copyOf(kinds);
        }

        /** Whether events are looked at one by one: no index leads to those that fit. */
        private boolean isSearch() {
            return types.isEmpty() && !(kinds.isEmpty() && connectionId == null && pageId == null && contextId == null);
        }
    }

    /** The order of a page. */
    enum Order {
        OLDEST_FIRST("ASC", ">", "<="),
        NEWEST_FIRST("DESC", "<", ">=");

        private final String sql;
        private final String beyond;
        private final String until;

        Order(String sql, String beyond, String until) {
            this.sql = sql;
            this.beyond = beyond;
            this.until = until;
        }
    }

    /**
     * An event and its place in the order of events.
     *
     * @param seq greater for a later one
     * @param event the event
     */
    public record Numbered(long seq, RunEvent event) {}

    /**
     * Some events in the order that was asked for.
     *
     * @param events those that fit; fewer than were asked for, even none, does not mean that there are no more
     * @param next the place behind which more may be; null where there are no more
     */
    public record Page(List<Numbered> events, @Nullable Long next) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /** {@return at most so many events of a run after a place, oldest first} */
    public Page listAfter(String runId, Filter filter, long after, int limit) {
        return page(Order.OLDEST_FIRST, runId, filter, after, limit);
    }

    /** {@return at most so many events of a run before a place, newest first} */
    public Page listBefore(String runId, Filter filter, long before, int limit) {
        return page(Order.NEWEST_FIRST, runId, filter, before, limit);
    }

    private Page page(Order order, String runId, Filter filter, long bound, int limit) {
        Long end = filter.isSearch() ? end(order, runId, bound) : null;
        List<Numbered> found = list(order, runId, filter, bound, end, limit + 1);
        return found.size() > limit
                ? new Page(found.subList(0, limit), found.get(limit - 1).seq())
                : new Page(found, end);
    }

    /** The place of the last event that a search looks at; null where it looks at all there are. */
    private @Nullable Long end(Order order, String runId, long bound) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(endSql(order))
                        .bind("runId", runId)
                        .bind("bound", bound)
                        .bind("searched", SEARCHED)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(null));
    }

    static String endSql(Order order) {
        return "SELECT seq FROM event WHERE run_id = :runId AND seq " + order.beyond + " :bound ORDER BY run_id "
                + order.sql + ", seq " + order.sql + " LIMIT 1 OFFSET :searched";
    }

    /** Each type is a place of its own in an index, so only what is shown is read, and no more of each type. */
    static String sql(Order order, Filter filter, boolean ends) {
        String rest = (filter.kinds().isEmpty() ? "" : " AND kind IN (<kinds>)")
                + (filter.connectionId() == null ? "" : " AND connection_id = :connectionId")
                + (filter.pageId() == null ? "" : " AND page_id = :pageId")
                + (filter.contextId() == null ? "" : " AND context_id = :contextId")
                + (ends ? " AND seq " + order.until + " :end" : "");
        int types = filter.types().size();
        if (types < 2) {
            return select("*", order, types == 0 ? "" : ":type0", rest);
        }
        String places = IntStream.range(0, types)
                .mapToObj(i -> "(" + select("seq", order, ":type" + i, rest) + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return "SELECT event.* FROM (SELECT seq FROM (" + places + ") ORDER BY seq " + order.sql
                + " LIMIT :limit) found JOIN event ON event.seq = found.seq ORDER BY event.seq " + order.sql;
    }

    /** H2 takes the order from the index only where all of its columns are named, those that are equal as well. */
    private static String select(String columns, Order order, String type, String rest) {
        return "SELECT " + columns + " FROM event WHERE run_id = :runId"
                + (type.isEmpty() ? "" : " AND type = " + type) + " AND seq " + order.beyond + " :bound" + rest
                + " ORDER BY run_id " + order.sql + (type.isEmpty() ? "" : ", type " + order.sql) + ", seq " + order.sql
                + " LIMIT :limit";
    }

    private List<Numbered> list(Order order, String runId, Filter filter, long bound, @Nullable Long end, int limit) {
        String sql = sql(order, filter, end != null);
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("runId", runId)
                    .bind("bound", bound)
                    .bind("limit", limit);
            for (int i = 0; i < filter.types().size(); i++) {
                query.bind("type" + i, filter.types().get(i));
            }
            if (end != null) {
                query.bind("end", end);
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
        database.jdbi().useHandle(handle -> {
            // Hundreds at a time: binding by name would take longer than the writing.
            try (PreparedStatement batch = handle.getConnection().prepareStatement(INSERT)) {
                Set<String> runs = runs(handle, events);
                for (NewEvent event : events) {
                    if (runs.contains(event.runId())) {
                        bind(batch, event);
                        batch.addBatch();
                    }
                }
                batch.executeBatch();
            } catch (SQLException failed) {
                throw notWritten(failed);
            }
        });
    }

    /** Adds events of a run that is there, in this order; {@return what was written} */
    public List<RunEvent> insertAndRead(List<NewEvent> events) {
        return database.jdbi().withHandle(handle -> {
            List<RunEvent> written = new ArrayList<>();
            try (PreparedStatement insert = handle.getConnection().prepareStatement(INSERT, new String[] {"SEQ"})) {
                for (NewEvent event : events) {
                    String id = bind(insert, event);
                    insert.executeUpdate();
                    try (ResultSet keys = insert.getGeneratedKeys()) {
                        keys.next();
                        written.add(event(event, id, keys.getLong(1)));
                    }
                }
            } catch (SQLException failed) {
                throw notWritten(failed);
            }
            return written;
        });
    }

    /** JDBI does not see these statements, so it cannot tell of their failures. */
    private StoreException notWritten(SQLException failed) {
        database.note(failed);
        return new StoreException(StoreException.Problem.OTHER, "cannot write events: " + failed.getMessage(), failed);
    }

    /** The runs of the events that are there still. */
    private static Set<String> runs(Handle handle, List<NewEvent> events) throws SQLException {
        Set<String> asked = new HashSet<>();
        Set<String> found = new HashSet<>();
        try (PreparedStatement query = handle.getConnection().prepareStatement("SELECT 1 FROM run WHERE id = ?")) {
            for (NewEvent event : events) {
                if (asked.add(event.runId())) {
                    query.setString(1, event.runId());
                    try (ResultSet row = query.executeQuery()) {
                        if (row.next()) {
                            found.add(event.runId());
                        }
                    }
                }
            }
        }
        return found;
    }

    /** A UUID of version 7: ids that come one after the other lie beside each other in the index, however many there are. */
    static UUID newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12),
                Long.MIN_VALUE | random.nextLong() >>> 2);
    }

    /** {@return the id that the event got} */
    private static String bind(PreparedStatement batch, NewEvent event) throws SQLException {
        JsonObject data = event.data();
        String id = newId().toString();
        batch.setString(1, id);
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
        return id;
    }

    /** {@return the place of an event of a run, or null if it has no such event} */
    public @Nullable Long place(String runId, String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(PLACE)
                        .bind("runId", runId)
                        .bind("id", id)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(null));
    }

    private static JsonObject extra(long seq) {
        JsonObject extra = new JsonObject();
        extra.addProperty("sequence", seq);
        return extra;
    }

    private static RunEvent event(NewEvent event, String id, long seq) {
        return new RunEvent(
                event.type(),
                event.time(),
                event.source(),
                id,
                event.runId(),
                event.runtimeId(),
                event.kind(),
                event.connectionId(),
                event.pageId(),
                event.contextId(),
                event.data(),
                extra(seq));
    }

    private static RunEvent event(ResultSet row) throws SQLException {
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
                extra(row.getLong("seq")));
    }
}
