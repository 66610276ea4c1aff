package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunOutcome;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeType;
import com.google.gson.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The runs. Thread-safe. */
public final class RunStore {

    /** How many runs are looked at for one page of those found by a word. */
    static final int SEARCHED = 1_000;

    private final Database database;

    /** Creates a store. */
    public RunStore(Database database) {
        this.database = database;
    }

    /**
     * Which runs to list.
     *
     * @param runtimeId null for those of all runtimes
     * @param spaceId null for those of all spaces
     * @param status null for any
     * @param outcome null for any
     * @param search part of the names of its tests, in whatever case; null for any
     */
    public record Filter(
            @Nullable String runtimeId,
            @Nullable String spaceId,
            @Nullable RunStatus status,
            @Nullable RunOutcome outcome,
            @Nullable String search) {}

    /**
     * A run and its place in the order of creation.
     *
     * @param seq greater for a newer one
     * @param run the run
     */
    public record Numbered(long seq, Run run) {}

    /**
     * Some runs, newest first.
     *
     * @param runs those that fit; fewer than were asked for, even none, does not mean that there are no more
     * @param next the place below which more may be; null where there are no more
     */
    public record Page(List<Numbered> runs, @Nullable Long next) {

        public Page {
            runs = List.copyOf(runs);
        }
    }

    /** {@return at most so many runs below a place} */
    public Page list(Filter filter, long below, int limit) {
        Long end = filter.search() == null
                ? null
                : query(
                        endSql(filter),
                        filter,
                        below,
                        handle -> handle.bind("searched", SEARCHED)
                                .mapTo(Long.class)
                                .findOne()
                                .orElse(null));
        List<Numbered> found = query(sql(filter, end != null), filter, below, query -> {
            if (filter.search() != null) {
                query.bind("search", filter.search().toLowerCase(Locale.ROOT));
            }
            if (end != null) {
                query.bind("end", end);
            }
            return query.bind("limit", limit + 1)
                    .map((row, context) -> new Numbered(row.getLong("seq"), run(row)))
                    .list();
        });
        return found.size() > limit
                ? new Page(found.subList(0, limit), found.get(limit - 1).seq())
                : new Page(found, end);
    }

    private <T extends @Nullable Object> T query(String sql, Filter filter, long below, Function<Query, T> read) {
        return database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(sql).bind("below", below);
            if (filter.runtimeId() != null) {
                query.bind("runtimeId", filter.runtimeId());
            }
            if (filter.spaceId() != null) {
                query.bind("spaceId", filter.spaceId());
            }
            if (filter.status() != null) {
                query.bind("status", filter.status().wireName());
            }
            if (filter.outcome() != null) {
                query.bind("outcome", filter.outcome().wireName());
            }
            return read.apply(query);
        });
    }

    static String sql(Filter filter, boolean ends) {
        return "SELECT * FROM run" + where(filter)
                + (filter.search() == null ? "" : " AND LOCATE(:search, test_names) > 0")
                + (ends ? " AND seq >= :end" : "") + order(filter) + " LIMIT :limit";
    }

    /** The place of the last run that a search looks at; nothing where it looks at all there are. */
    static String endSql(Filter filter) {
        return "SELECT seq FROM run" + where(filter) + order(filter) + " LIMIT 1 OFFSET :searched";
    }

    private static String where(Filter filter) {
        return " WHERE seq < :below"
                + (filter.runtimeId() == null ? "" : " AND runtime_id = :runtimeId")
                + (filter.spaceId() == null ? "" : " AND space_id = :spaceId")
                + (filter.status() == null ? "" : " AND status = :status")
                + (filter.outcome() == null ? "" : " AND outcome = :outcome");
    }

    /** H2 takes the order from an index only where all of its columns are named, those that are equal as well. */
    private static String order(Filter filter) {
        String first = filter.spaceId() != null ? "space_id DESC, " : "";
        if (filter.runtimeId() != null) {
            first = "runtime_id DESC, ";
        } else if (filter.outcome() != null) {
            first += "outcome DESC, ";
        } else if (filter.status() != null) {
            first += "status DESC, ";
        }
        return " ORDER BY " + first + "seq DESC";
    }

    /** {@return the run, or null if there is none} */
    public @Nullable Run find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM run WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> run(row))
                        .findOne()
                        .orElse(null));
    }

    /** {@return the ids of the runs of a space} */
    public List<String> ids(String spaceId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM run WHERE space_id = :spaceId")
                        .bind("spaceId", spaceId)
                        .mapTo(String.class)
                        .list());
    }

    /** Opens a run. */
    public void insert(String id, String runtimeId, String spaceId, String time) {
        String sql = "INSERT INTO run (id, runtime_id, space_id, status, started_at, updated_at)"
                + " VALUES (:id, :runtimeId, :spaceId, 'active', :time, :time)";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", id)
                        .bind("runtimeId", runtimeId)
                        .bind("spaceId", spaceId)
                        .bind("time", time)
                        .execute());
    }

    /** Ends a run that is active. */
    public void end(String id, RunStatus status, @Nullable String reason, String time) {
        String sql = "UPDATE run SET status = :status, reason = :reason, ended_at = :time, updated_at = :time"
                + " WHERE id = :id AND status = 'active'";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("status", status.wireName())
                        .bind("reason", reason)
                        .bind("time", time)
                        .bind("id", id)
                        .execute());
    }

    /**
     * Writes which test a run is for.
     *
     * @param test what is known of the test
     * @param names adds to what {@link Filter#search} finds
     */
    public void beginTest(String id, JsonObject test, String names) {
        String sql = "UPDATE run SET test = :test,"
                + " test_names = LEFT(CONCAT(COALESCE(test_names, ''), :names, CHAR(10)), 8192) WHERE id = :id";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("test", Json.write(test))
                        .bind("names", names.toLowerCase(Locale.ROOT))
                        .bind("id", id)
                        .execute());
    }

    /** Writes how the tests of a run went. */
    public void endTest(String id, RunOutcome outcome) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE run SET outcome = :outcome WHERE id = :id")
                        .bind("outcome", outcome.wireName())
                        .bind("id", id)
                        .execute());
    }

    /** {@return how the tests of a run went until now, or null if that is not known} */
    public @Nullable RunOutcome outcome(String id) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT outcome FROM run WHERE id = :id AND outcome IS NOT NULL")
                                .bind("id", id)
                                .mapTo(String.class)
                                .findOne()
                                .map(name -> RunOutcome.valueOf(name.toUpperCase(Locale.ROOT)))
                                .orElse(null));
    }

    private static Run run(ResultSet row) throws SQLException {
        JsonObject extra = new JsonObject();
        String reason = row.getString("reason");
        if (reason != null) {
            extra.addProperty("reason", reason);
        }
        JsonObject test = Columns.object(row, "test");
        String outcome = row.getString("outcome");
        if (test != null || outcome != null) {
            JsonObject shown = test == null ? new JsonObject() : test;
            if (outcome != null) {
                shown.addProperty("outcome", outcome);
            }
            extra.add("test", shown);
        }
        return new Run(
                Columns.text(row, "id"),
                Columns.text(row, "runtime_id"),
                RunStatus.valueOf(Columns.text(row, "status").toUpperCase(Locale.ROOT)),
                Columns.text(row, "space_id"),
                RuntimeType.BROWSER,
                Columns.text(row, "started_at"),
                row.getString("ended_at"),
                Columns.text(row, "started_at"),
                Columns.text(row, "updated_at"),
                extra);
    }
}
