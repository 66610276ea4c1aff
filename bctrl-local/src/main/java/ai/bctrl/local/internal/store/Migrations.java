package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the schema that this version knows, by the scripts {@code migration/V<number>__<what>.sql}. A script
 * that was released never changes; each later change of the schema is a new one. H2 commits each statement that changes a schema,
 * so each script must be one that can be run again where its process was killed. Thread-safe.
 */
final class Migrations {

    /** In the order of their numbers, which begin with 1. */
    static final List<String> SCRIPTS = List.of(
            "V1__first.sql",
            "V2__ends_of_runs.sql",
            "V3__isolation.sql",
            "V4__newest_runs.sql",
            "V5__keyed_lookups.sql");

    /** The newest schema. */
    static final int LATEST = SCRIPTS.size();

    private static final String PLACE = "ai/bctrl/local/internal/store/migration";
    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /** Creates everything in an empty database that nobody will upgrade. */
    static void create(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
                for (String script : SCRIPTS) {
                    // H2 takes a script as it is; there is nothing to bind.
                    statement.execute(text(script));
                }
            } catch (SQLException failed) {
                throw new StoreException(
                        StoreException.Problem.OTHER, "cannot create the tables: " + failed.getMessage(), failed);
            }
        });
    }

    private static String text(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream("migration/" + script)) {
            if (in == null) {
                throw new IllegalStateException(script + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Upgrades a database, after a copy of it was written beside it.
     *
     * @throws StoreException if it is newer, or none of ours
     */
    static void upgrade(DatabaseFile file, DataSource source, Jdbi jdbi) {
        Integer found = jdbi.withHandle(Migrations::version);
        if (found != null && found == LATEST) {
            // Not to ask Flyway saves a third of the time that the start takes.
            return;
        } else if (found != null && found > LATEST) {
            throw file.newer(found, LATEST);
        } else if (found == null && jdbi.withHandle(Migrations::isForeign)) {
            throw file.foreign(new IllegalStateException("it has tables, but not those of bctrl"));
        } else if (jdbi.withHandle(handle -> has(handle, "RUN"))) {
            String copy =
                    file.directory().resolve("before-schema-" + LATEST + ".zip").toString();
            jdbi.useHandle(handle -> handle.createUpdate("BACKUP TO '" + copy.replace("'", "''") + "'")
                    .execute());
        }
        // A database of before Flyway is one at 0: the first script adds only what is missing.
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + PLACE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table(HISTORY)
                .cleanDisabled(true)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /** Null where Flyway was never here. */
    private static @Nullable Integer version(Handle handle) {
        if (!has(handle, HISTORY)) {
            return null;
        }
        return handle.createQuery("SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"" + HISTORY
                        + "\" WHERE \"success\" AND REGEXP_LIKE(\"version\", '^[0-9]+$')")
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    private static boolean has(Handle handle, String table) {
        return handle.createQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"
                                + " AND TABLE_NAME = :table")
                        .bind("table", table)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static boolean isForeign(Handle handle) {
        long tables = handle.createQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")
                .mapTo(Long.class)
                .one();
        return tables > 0 && !has(handle, "SETTING");
    }
}
