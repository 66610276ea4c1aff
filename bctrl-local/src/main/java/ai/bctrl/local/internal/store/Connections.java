package ai.bctrl.local.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections to one database, kept for whoever asks next: with a connection go the statements that H2 has parsed for it. H2's
 * own pool begins and ends each use with a rollback, at which H2 forgets them. Thread-safe. Whoever created it closes it.
 */
final class Connections implements ConnectionFactory, AutoCloseable {

    private static final int MOST_IDLE = 16;

    /** More than the stores have; H2 would keep 8. */
    private static final int STATEMENTS = 256;

    private final JdbcDataSource source = new JdbcDataSource();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(String url) {
        source.setURL(url + ";QUERY_CACHE_SIZE=" + STATEMENTS);
        source.setUser("bctrl");
        source.setPassword("");
    }

    /** {@return where others get connections of their own} */
    DataSource source() {
        return source;
    }

    @Override
    public Connection openConnection() throws SQLException {
        Connection kept;
        synchronized (idle) {
            if (closed) {
                // H2 would open the database anew.
                throw new SQLException("the database is closed", "08003", ErrorCode.DATABASE_IS_CLOSED);
            }
            // The one that was used last has met most statements.
            kept = idle.pollFirst();
        }
        return kept == null ? source.getConnection() : kept;
    }

    @Override
    public void closeConnection(Connection used) throws SQLException {
        if (!isKept(used)) {
            used.close();
        }
    }

    private boolean isKept(Connection used) throws SQLException {
        // Within a transaction it is only if that could not be ended.
        if (used.isClosed() || !used.getAutoCommit()) {
            return false;
        }
        synchronized (idle) {
            if (closed || idle.size() == MOST_IDLE) {
                return false;
            }
            idle.addFirst(used);
            return true;
        }
    }

    /** Closes those that nobody uses, and each other one when it comes back. */
    @Override
    public void close() {
        List<Connection> rest;
        synchronized (idle) {
            closed = true;
            rest = List.copyOf(idle);
            idle.clear();
        }
        rest.forEach(Connections::closeQuietly);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException over) {
            // The database is gone.
        }
    }
}
