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
import org.jspecify.annotations.Nullable;

/** The runs. Thread-safe. */
public final class RunStore {

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

    /** {@return at most so many runs below a place, newest first} */
    public List<Numbered> list(Filter filter, long below, int limit) {
        String sql = sql(filter);
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql).bind("below", below).bind("limit", limit);
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
            if (filter.search() != null) {
                query.bind("search", filter.search().toLowerCase(Locale.ROOT));
            }
            return query.map((row, context) -> new Numbered(row.getLong("seq"), run(row)))
                    .list();
        });
    }

    /** H2 takes the order from an index only where all of its columns are named, the one that is equal as well. */
    static String sql(Filter filter) {
        String first = filter.runtimeId() != null
                ? "runtime_id DESC, "
                : filter.spaceId() != null ? "space_id DESC, " : filter.status() != null ? "status DESC, " : "";
        return "SELECT * FROM run WHERE seq < :below"
                + (filter.runtimeId() == null ? "" : " AND runtime_id = :runtimeId")
                + (filter.spaceId() == null ? "" : " AND space_id = :spaceId")
                + (filter.status() == null ? "" : " AND status = :status")
                + (filter.outcome() == null ? "" : " AND outcome = :outcome")
                + (filter.search() == null ? "" : " AND LOCATE(:search, test_names) > 0")
                + " ORDER BY " + first + "seq DESC LIMIT :limit";
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
