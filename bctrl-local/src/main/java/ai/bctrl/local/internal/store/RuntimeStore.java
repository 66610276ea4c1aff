package ai.bctrl.local.internal.store;

import ai.bctrl.model.Isolation;
import ai.bctrl.model.RuntimeStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The runtimes. Thread-safe. */
public final class RuntimeStore {

    /** H2 takes the order from the index only where all of its columns are named, the one that is equal as well. */
    static final String OF_SPACE = "SELECT * FROM runtime WHERE space_id = :id ORDER BY space_id, seq";

    static final String ACTIVE = "SELECT * FROM runtime WHERE status = 'active' ORDER BY status, seq";

    private final Database database;

    /** Creates a store. */
    public RuntimeStore(Database database) {
        this.database = database;
    }

    /** {@return the runtimes of a space, oldest first} */
    public List<StoredRuntime> list(String spaceId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(OF_SPACE)
                        .bind("id", spaceId)
                        .map((row, context) -> runtime(row))
                        .list());
    }

    /** {@return all runtimes whose browser runs, oldest first} */
    public List<StoredRuntime> listActive() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ACTIVE)
                        .map((row, context) -> runtime(row))
                        .list());
    }

    /** {@return the runtime, or null if there is none} */
    public @Nullable StoredRuntime find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM runtime WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> runtime(row))
                        .findOne()
                        .orElse(null));
    }

    /** Adds a runtime. */
    public void insert(StoredRuntime runtime) {
        String sql = "INSERT INTO runtime (id, space_id, name, status, run_id, profile, isolation, metadata, browser,"
                + " failure_reason, created_at, updated_at) VALUES (:id, :spaceId, :name, :status, :runId, :profile, :isolation,"
                + " :metadata, :browser, :failureReason, :createdAt, :updatedAt)";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", runtime.id())
                        .bind("spaceId", runtime.spaceId())
                        .bind("name", runtime.name())
                        .bind("status", runtime.status().wireName())
                        .bind("runId", runtime.runId())
                        .bind("profile", runtime.profile())
                        .bind("isolation", runtime.isolation().wireName())
                        .bind("metadata", Columns.json(runtime.metadata()))
                        .bind("browser", runtime.browser())
                        .bind("failureReason", runtime.failureReason())
                        .bind("createdAt", runtime.createdAt())
                        .bind("updatedAt", runtime.updatedAt())
                        .execute());
    }

    /**
     * Ends a runtime that is active.
     *
     * @return whether it was
     */
    public boolean end(String id, RuntimeStatus status, @Nullable String failureReason, String time) {
        String sql = "UPDATE runtime SET status = :status, failure_reason = :reason, updated_at = :time"
                + " WHERE id = :id AND status = 'active'";
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(sql)
                                .bind("status", status.wireName())
                                .bind("reason", failureReason)
                                .bind("time", time)
                                .bind("id", id)
                                .execute())
                > 0;
    }

    private static StoredRuntime runtime(ResultSet row) throws SQLException {
        return new StoredRuntime(
                Columns.text(row, "id"),
                Columns.text(row, "space_id"),
                Columns.text(row, "name"),
                RuntimeStatus.valueOf(Columns.text(row, "status").toUpperCase(Locale.ROOT)),
                Columns.text(row, "run_id"),
                row.getString("profile"),
                Isolation.valueOf(Columns.text(row, "isolation").toUpperCase(Locale.ROOT)),
                Columns.object(row, "metadata"),
                row.getString("browser"),
                row.getString("failure_reason"),
                Columns.text(row, "created_at"),
                Columns.text(row, "updated_at"));
    }
}
