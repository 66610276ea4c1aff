package ai.bctrl.local.internal.store;

import ai.bctrl.model.RecordingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of the recordings of runs; a run that was not to be recorded is not in it. Thread-safe. */
public final class RecordingStore {

    private final Database database;

    /** Creates a store. */
    public RecordingStore(Database database) {
        this.database = database;
    }

    /** {@return the recording of a run, or null if there is none} */
    public @Nullable StoredRecording find(String runId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM recording WHERE run_id = :runId")
                        .bind("runId", runId)
                        .map((row, context) -> recording(row))
                        .findOne()
                        .orElse(null));
    }

    /** {@return the recordings whose fate is open} */
    public List<StoredRecording> listRunning() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM recording WHERE state = 'running'")
                        .map((row, context) -> recording(row))
                        .list());
    }

    /** Begins the recording of a run. */
    public void insert(String runId, RecordingMode mode) {
        String sql = "INSERT INTO recording (run_id, recorded, state) VALUES (:runId, :recorded, 'running')";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("runId", runId)
                        .bind("recorded", mode.wireName())
                        .execute());
    }

    /** Writes what became of a recording; one that was deleted stays so. */
    public void update(String runId, StoredRecording.State state, @Nullable String reason) {
        String sql = "UPDATE recording SET state = :state, reason = :reason WHERE run_id = :runId";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("state", state.name().toLowerCase(Locale.ROOT))
                        .bind("reason", reason)
                        .bind("runId", runId)
                        .execute());
    }

    private static StoredRecording recording(ResultSet row) throws SQLException {
        return new StoredRecording(
                Columns.text(row, "run_id"),
                RecordingMode.valueOf(Columns.text(row, "recorded").toUpperCase(Locale.ROOT)),
                StoredRecording.State.valueOf(Columns.text(row, "state").toUpperCase(Locale.ROOT)),
                row.getString("reason"));
    }
}
