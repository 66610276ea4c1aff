package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The database of one control plane. Thread-safe.
 *
 * <p>Whoever opened it closes it. Changes go one after the other, so that a rule that was checked within a change still
 * holds when the change is written, and events get their numbers in the order in which they become visible.
 */
public final class Database implements AutoCloseable {

    private final JdbcConnectionPool pool;
    private final @Nullable DirectoryLock lock;
    private final Jdbi jdbi;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Runnable> afterCommit = new ArrayList<>();

    private Database(JdbcConnectionPool pool, @Nullable DirectoryLock lock) {
        this.pool = pool;
        this.lock = lock;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Opens a database and creates its tables where they are missing.
     *
     * @param directory where its file {@code bctrl.mv.db} lies; null for one in memory that ends with {@link #close}
     * @throws StoreException if the file belongs to another process or cannot be opened
     */
    public static Database open(@Nullable Path directory) {
        DirectoryLock lock = directory == null ? null : DirectoryLock.take(directory);
        try {
            return open(directory, lock);
        } catch (RuntimeException failed) {
            if (lock != null) {
                lock.close();
            }
            throw failed;
        }
    }

    private static Database open(@Nullable Path directory, @Nullable DirectoryLock lock) {
        // Written at each commit: what was answered must survive a SIGKILL.
        String url = (directory == null ? "jdbc:h2:mem:bctrl-" + UUID.randomUUID() : fileUrl(directory))
                + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                + (directory == null ? "" : ";WRITE_DELAY=0");
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "bctrl", "");
        pool.setMaxConnections(16);
        Database database = new Database(pool, lock);
        try {
            database.jdbi.useHandle(handle -> handle.createScript(schema()).execute());
            return database;
        } catch (JdbiException failed) {
            pool.dispose();
            throw explain(directory, failed);
        }
    }

    private static String fileUrl(Path directory) {
        String path = directory.toAbsolutePath().normalize().resolve("bctrl").toString();
        if (path.indexOf(';') >= 0) {
            throw new StoreException("the data directory must not have a ';' in its path: " + path, null);
        }
        return "jdbc:h2:file:" + path;
    }

    private static String schema() {
        try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static StoreException explain(@Nullable Path directory, JdbiException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (directory != null
                    && cause instanceof SQLException sql
                    && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return DirectoryLock.inUse(directory, failed);
            }
        }
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return new StoreException(
                "cannot open the database in " + (directory == null ? "memory" : directory) + ": " + cause.getMessage(),
                failed);
    }

    /** For the stores: reads on a connection of its own, or on that of the change this thread is in. */
    Jdbi jdbi() {
        return jdbi;
    }

    /**
     * Does something wholly or not at all, alone among the changes. A change within a change belongs to the outer one.
     *
     * @return what the work returned
     */
    public <T extends @Nullable Object> T change(Supplier<T> work) {
        List<Runnable> followUps = List.of();
        writing.lock();
        try {
            if (writing.getHoldCount() > 1) {
                return work.get();
            }
            try {
                T result = jdbi.inTransaction(handle -> work.get());
                followUps = List.copyOf(afterCommit);
                return result;
            } finally {
                afterCommit.clear();
            }
        } finally {
            writing.unlock();
            followUps.forEach(Runnable::run);
        }
    }

    /** Does something wholly or not at all, as {@link #change(Supplier)} does. */
    public void change(Runnable work) {
        this.<@Nullable Object>change(() -> {
            work.run();
            return null;
        });
    }

    /**
     * Has something done once the change this thread is in was written, on this thread; never if it is not written.
     *
     * @throws IllegalStateException outside of a change
     */
    public void afterCommit(Runnable followUp) {
        if (!writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("not within a change");
        }
        afterCommit.add(followUp);
    }

    /** Closes the file, or drops what was in memory. Further calls do nothing. */
    @Override
    public void close() {
        try {
            jdbi.useHandle(handle -> handle.execute("SHUTDOWN"));
        } catch (JdbiException closed) {
            // Closed before.
        }
        pool.dispose();
        if (lock != null) {
            lock.close();
        }
    }
}
