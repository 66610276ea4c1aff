package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.CommandStatus;
import ai.bctrl.model.ExecutionMode;
import ai.bctrl.model.RunCommand;
import ai.bctrl.model.SortOrder;
import ai.bctrl.model.WireName;
import ai.bctrl.model.WorkError;
import com.google.gson.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the control plane itself did in the runs. Thread-safe. */
public final class CommandStore {

    static final String LAST =
            "SELECT number FROM command WHERE run_id = :runId ORDER BY run_id DESC, seq DESC LIMIT 1";

    private final Database database;

    /** Creates a store. */
    public CommandStore(Database database) {
        this.database = database;
    }

    /**
     * Which commands to list.
     *
     * @param statuses empty for any
     * @param mode null for any
     */
    public record Filter(
            List<CommandStatus> statuses, @Nullable ExecutionMode mode) {

        public Filter {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * A command and its place in the order of commands.
     *
     * @param seq greater for a later one
     * @param command the command with all that is known of it
     */
    public record Numbered(long seq, RunCommand command) {}

    /**
     * {@return at most so many commands of a run beyond a place}
     *
     * @param order oldest or newest first; the place bounds accordingly
     */
    public List<Numbered> list(String runId, Filter filter, SortOrder order, long bound, int limit) {
        boolean newestFirst = order == SortOrder.DESC;
        String sql = "SELECT * FROM command WHERE run_id = :runId AND seq " + (newestFirst ? "<" : ">") + " :bound"
                + (filter.statuses().isEmpty() ? "" : " AND status IN (<statuses>)")
                + (filter.mode() == null ? "" : " AND execution_mode = :mode")
                // H2 takes the order from the index only where all of its columns are named.
                + (newestFirst ? " ORDER BY run_id DESC, seq DESC" : " ORDER BY run_id, seq") + " LIMIT :limit";
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("runId", runId)
                    .bind("bound", bound)
                    .bind("limit", limit);
            if (!filter.statuses().isEmpty()) {
                query.bindList(
                        "statuses",
                        filter.statuses().stream().map(WireName::wireName).toList());
            }
            if (filter.mode() != null) {
                query.bind("mode", filter.mode().wireName());
            }
            return query.map((row, context) -> new Numbered(row.getLong("seq"), command(row)))
                    .list();
        });
    }

    /**
     * Adds a command that is at work; within a change.
     *
     * @return its place
     */
    public long insert(
            String runId, String runtimeId, String entryCall, ExecutionMode mode, JsonObject request, String time) {
        String sql = "INSERT INTO command (id, run_id, runtime_id, number, entry_call, status, execution_mode, request,"
                + " started_at) VALUES (:id, :runId, :runtimeId,"
                + " COALESCE((" + LAST + "), 0) + 1,"
                + " :entryCall, 'running', :mode, :request, :time)";
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate(sql)
                        .bind("id", UUID.randomUUID().toString())
                        .bind("runId", runId)
                        .bind("runtimeId", runtimeId)
                        .bind("entryCall", entryCall)
                        .bind("mode", mode.wireName())
                        .bind("request", Json.write(request))
                        .bind("time", time)
                        .executeAndReturnGeneratedKeys("seq")
                        .mapTo(Long.class)
                        .one());
    }

    /** Ends a command that is at work; does nothing for others. */
    public void end(
            long seq, CommandStatus status, @Nullable JsonObject result, @Nullable WorkError error, String time) {
        String sql = "UPDATE command SET status = :status, result = :result, error = :error, finished_at = :time"
                + " WHERE seq = :seq AND status = 'running'";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("status", status.wireName())
                        .bind("result", Columns.json(result))
                        .bind("error", error == null ? null : Json.write(error))
                        .bind("time", time)
                        .bind("seq", seq)
                        .execute());
    }

    /** Ends all commands that are at work: those of an earlier process. */
    public void failAll(WorkError error, String time) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE command SET status = 'failed', error = :error,"
                                + " finished_at = :time WHERE status = 'running'")
                        .bind("error", Json.write(error))
                        .bind("time", time)
                        .execute());
    }

    private static RunCommand command(ResultSet row) throws SQLException {
        String started = Columns.text(row, "started_at");
        String finished = row.getString("finished_at");
        String error = row.getString("error");
        return new RunCommand(
                row.getLong("number"),
                Columns.text(row, "entry_call"),
                CommandStatus.valueOf(Columns.text(row, "status").toUpperCase(Locale.ROOT)),
                ExecutionMode.valueOf(Columns.text(row, "execution_mode").toUpperCase(Locale.ROOT)),
                Columns.text(row, "id"),
                Columns.text(row, "run_id"),
                Columns.text(row, "runtime_id"),
                null,
                null,
                started,
                finished,
                finished == null
                        ? null
                        : Math.max(
                                0,
                                Duration.between(Instant.parse(started), Instant.parse(finished))
                                        .toMillis()),
                started,
                null,
                Columns.object(row, "request"),
                Columns.object(row, "result"),
                error == null ? null : Json.read(error, WorkError.class));
    }
}
