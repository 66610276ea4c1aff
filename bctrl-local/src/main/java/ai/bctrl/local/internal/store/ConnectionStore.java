package ai.bctrl.local.internal.store;

import ai.bctrl.model.ConnectionProtocol;
import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.RuntimeConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The connection leases. Thread-safe. */
public final class ConnectionStore {

    static final String HOLDER = "SELECT * FROM connection WHERE runtime_id = :id AND status = 'active'";

    static final String DUE = "SELECT * FROM connection WHERE status = 'active' AND expires_at <= :now ORDER BY seq";

    private final Database database;

    /** Creates a store. */
    public ConnectionStore(Database database) {
        this.database = database;
    }

    /** {@return the leases of a runtime, oldest first} */
    public List<RuntimeConnection> list(String runtimeId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM connection WHERE runtime_id = :id ORDER BY seq")
                        .bind("id", runtimeId)
                        .map((row, context) -> connection(row))
                        .list());
    }

    /** {@return the lease that holds a runtime, or null if none does} */
    public @Nullable RuntimeConnection findActive(String runtimeId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(HOLDER)
                        .bind("id", runtimeId)
                        .map((row, context) -> connection(row))
                        .findFirst()
                        .orElse(null));
    }

    /** {@return the active leases whose time is over} */
    public List<RuntimeConnection> listDue(String now) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(DUE)
                        .bind("now", now)
                        .map((row, context) -> connection(row))
                        .list());
    }

    /** {@return the lease, or null if there is none} */
    public @Nullable RuntimeConnection find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM connection WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> connection(row))
                        .findOne()
                        .orElse(null));
    }

    /** Adds an active lease. */
    public void insert(String id, String runtimeId, String runId, String createdAt, String expiresAt) {
        String sql = "INSERT INTO connection (id, runtime_id, run_id, status, created_at, expires_at)"
                + " VALUES (:id, :runtimeId, :runId, 'active', :createdAt, :expiresAt)";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", id)
                        .bind("runtimeId", runtimeId)
                        .bind("runId", runId)
                        .bind("createdAt", createdAt)
                        .bind("expiresAt", expiresAt)
                        .execute());
    }

    /** Lets the lease that holds a runtime last until then; one that lasts longer stays as it is. */
    public void extend(String runtimeId, String until) {
        String sql = "UPDATE connection SET expires_at = :until"
                + " WHERE runtime_id = :id AND status = 'active' AND expires_at < :until";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("until", until)
                        .bind("id", runtimeId)
                        .execute());
    }

    /** Ends a lease that is active. */
    public void end(String id, ConnectionStatus status, @Nullable String revokedAt, String closedAt) {
        String sql = "UPDATE connection SET status = :status, revoked_at = :revokedAt, closed_at = :closedAt"
                + " WHERE id = :id AND status = 'active'";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("status", status.wireName())
                        .bind("revokedAt", revokedAt)
                        .bind("closedAt", closedAt)
                        .bind("id", id)
                        .execute());
    }

    private static RuntimeConnection connection(ResultSet row) throws SQLException {
        return new RuntimeConnection(
                Columns.text(row, "id"),
                Columns.text(row, "runtime_id"),
                Columns.text(row, "run_id"),
                ConnectionProtocol.CDP,
                ConnectionStatus.valueOf(Columns.text(row, "status").toUpperCase(Locale.ROOT)),
                Columns.text(row, "created_at"),
                Columns.text(row, "expires_at"),
                row.getString("revoked_at"),
                row.getString("closed_at"));
    }
}
