package ai.bctrl.local.internal.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Removes runs that have ended. Thread-safe. */
public final class RetentionStore {

    private static final int AT_ONCE = 2_000;

    /** The bounds are there for the index: 0 comes next after the slash at the end of the prefix. */
    static final String FILES = "SELECT id FROM stored_file WHERE space_id = :space AND path >= :prefix AND path < :end"
            + " AND LEFT(path, CHAR_LENGTH(:prefix)) = :prefix";

    private final Database database;

    /** Creates a store. */
    public RetentionStore(Database database) {
        this.database = database;
    }

    /**
     * A run that has ended.
     *
     * @param id UUID of the run
     * @param spaceId UUID of its space
     * @param runtimeId UUID of its runtime
     * @param endedAt when, RFC 3339
     */
    public record Ended(String id, String spaceId, String runtimeId, String endedAt) {}

    /** {@return the runs that have ended, the last one first} */
    public List<Ended> ended() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id, space_id, runtime_id, ended_at FROM run"
                                + " WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, seq DESC")
                        .map((row, context) -> new Ended(
                                Columns.text(row, "id"),
                                Columns.text(row, "space_id"),
                                Columns.text(row, "runtime_id"),
                                Columns.text(row, "ended_at")))
                        .list());
    }

    /** {@return how many bytes the artifacts of each run have} */
    public Map<String, Long> artifactBytes() {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery("SELECT a.run_id, SUM(f.size_bytes) AS bytes FROM artifact a"
                                + " JOIN stored_file f ON f.id = a.file_id GROUP BY a.run_id")
                        .map((row, context) -> Map.entry(Columns.text(row, "run_id"), row.getLong("bytes")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** {@return whether the control plane is doing something for a run} */
    public boolean isAtWork(String runId) {
        return database.jdbi()
                        .withHandle(handle -> handle.createQuery(
                                        "SELECT COUNT(*) FROM command WHERE run_id = :id AND status = 'running'")
                                .bind("id", runId)
                                .mapTo(Long.class)
                                .one())
                > 0;
    }

    /**
     * Removes a run with all that is known of it but its events and commands; within a change.
     *
     * @return the ids of the files that were its own; those that somebody put elsewhere in the storage stay
     */
    public List<String> remove(Ended run) {
        String prefix = "runs/" + run.id() + "/";
        return database.jdbi().withHandle(handle -> {
            List<String> files = handle.createQuery(FILES)
                    .bind("space", run.spaceId())
                    .bind("prefix", prefix)
                    .bind("end", "runs/" + run.id() + "0")
                    .mapTo(String.class)
                    .list();
            handle.execute("DELETE FROM artifact WHERE run_id = ?", run.id());
            files.forEach(file -> handle.execute("DELETE FROM stored_file WHERE id = ?", file));
            handle.execute("DELETE FROM recording WHERE run_id = ?", run.id());
            handle.execute("DELETE FROM connection WHERE runtime_id = ? AND run_id = ?", run.runtimeId(), run.id());
            handle.execute("DELETE FROM run WHERE id = ?", run.id());
            handle.execute("DELETE FROM runtime WHERE id = ? AND status <> 'active'", run.runtimeId());
            handle.execute("MERGE INTO removed_run (id) VALUES (?)", run.id());
            return files;
        });
    }

    /** {@return a run of which something is left, or null} */
    public @Nullable String left() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM removed_run LIMIT 1")
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
    }

    /**
     * Removes some of what is left of a run; within a change.
     *
     * @return whether that was all
     */
    public boolean removeSome(String runId) {
        return database.jdbi().withHandle(handle -> {
            int removed = some(handle, "event", runId) + some(handle, "command", runId);
            if (removed == 0) {
                handle.execute("DELETE FROM removed_run WHERE id = ?", runId);
            }
            return removed == 0;
        });
    }

    private static int some(Handle handle, String table, String runId) {
        return handle.execute(
                "DELETE FROM " + table + " WHERE run_id = ? FETCH FIRST " + AT_ONCE + " ROWS ONLY", runId);
    }
}
