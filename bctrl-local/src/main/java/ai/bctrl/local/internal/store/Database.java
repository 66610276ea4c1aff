package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * The database of one control plane. Thread-safe.
 *
 * <p>Whoever opened it closes it. Changes go one after the other, so that a rule that was checked within a change still
 * holds when the change is written, and events get their numbers in the order in which they become visible.
 */
public final class Database implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Database.class.getName());

    /** Texts that name no list are statements as they are, and need no grammar to be read. */
    private static final TemplateEngine LISTS = (template, context) ->
            template.contains("(<") ? new DefinedAttributeTemplateEngine().render(template, context) : template;

    private final String url;
    private final @Nullable DatabaseFile file;
    private final @Nullable DirectoryLock lock;
    private final Room room;
    private final Jdbi jdbi;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile Connections connections;
    private volatile boolean inUse;

    private Database(String url, @Nullable DatabaseFile file, @Nullable DirectoryLock lock) {
        this.url = url;
        this.file = file;
        this.lock = lock;
        this.room = new Room(file == null ? null : file.directory());
        this.connections = new Connections(url);
        this.jdbi = Jdbi.create(new Current());
        SqlStatements statements = jdbi.getConfig(SqlStatements.class);
        statements.setSqlParser(new ParameterNames());
        statements.setTemplateEngine(LISTS);
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logException(StatementContext context, SQLException failed) {
                note(failed);
            }
        });
    }

    /**
     * Opens a database and brings its tables to what this version knows.
     *
     * @param directory where its file {@code bctrl.mv.db} lies; null for one in memory that ends with {@link #close}
     * @throws StoreException if the file belongs to another process, product or newer version, is damaged or cannot be opened
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
        DatabaseFile file = directory == null ? null : new DatabaseFile(directory);
        if (file != null) {
            file.requireNothingLost();
            secure(file);
        }
        // Written at each commit: what was answered must survive a SIGKILL.
        String url = (file == null ? "jdbc:h2:mem:bctrl-" + UUID.randomUUID() : file.url())
                + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                + (file == null ? "" : ";WRITE_DELAY=0");
        Database database = new Database(url, file, lock);
        try {
            if (file == null) {
                Migrations.create(database.jdbi);
            } else {
                Migrations.upgrade(file, database.connections.source(), database.jdbi);
            }
            database.inUse = true;
            return database;
        } catch (JdbiException | FlywayException | StoreException failed) {
            database.abandon();
            throw file == null
                    ? new StoreException(
                            StoreException.Problem.OTHER,
                            "cannot open a database in memory: " + failed.getMessage(),
                            failed)
                    : file.explain(failed);
        }
    }

    private static void secure(DatabaseFile file) {
        try {
            OwnerOnly.secure(file.directory(), file.path());
        } catch (IOException failed) {
            throw file.explain(failed);
        }
    }

    /** The connections of the store that is open now. */
    private final class Current implements ConnectionFactory {
        @Override
        public Connection openConnection() throws SQLException {
            if (broken.get()) {
                reopen();
            }
            try {
                return connections.openConnection();
            } catch (SQLException failed) {
                note(failed);
                throw failed;
            }
        }

        @Override
        public void closeConnection(Connection used) throws SQLException {
            connections.closeConnection(used);
        }
    }

    /** Has the database opened anew where this failure says that it is lost; JDBI tells of its own ones. */
    void note(SQLException failed) {
        if (file != null && inUse && StoreFaults.isBroken(failed) && broken.compareAndSet(false, true)) {
            LOGGER.log(System.Logger.Level.ERROR, "the database cannot be used and will be opened anew", failed);
        }
    }

    /** H2 gives up a store that could not be written. What is on the disk is all that was ever acknowledged. */
    private synchronized void reopen() throws SQLException {
        if (!broken.get() || !inUse) {
            return;
        }
        abandon();
        Connections fresh = new Connections(url);
        try (Connection connection = fresh.openConnection();
                Statement probe = connection.createStatement()) {
            probe.execute("SELECT COUNT(*) FROM setting");
        } catch (SQLException failed) {
            fresh.close();
            throw failed;
        }
        connections = fresh;
        broken.set(false);
        LOGGER.log(System.Logger.Level.INFO, "the database is open again");
    }

    /** Closes without writing anything. */
    private void abandon() {
        try (Connection connection = connections.openConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException closedNow) {
            // Its connection ends with it.
        }
        connections.close();
    }

    /** {@return the room on the disk that holds it} */
    public Room room() {
        return room;
    }

    /**
     * Writes a copy of the whole database, as it is at some moment of the call, while others go on. Waits for the disk.
     *
     * @param zip the file to make; it holds one entry, {@code bctrl.mv.db}
     */
    public void copyTo(Path zip) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "BACKUP TO '" + zip.toAbsolutePath().toString().replace("'", "''") + "'")
                .execute());
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
        inUse = false;
        try {
            jdbi.useHandle(handle -> handle.execute("SHUTDOWN"));
        } catch (JdbiException closed) {
            // Closed before.
        }
        connections.close();
        if (lock != null) {
            lock.close();
        }
    }
}
