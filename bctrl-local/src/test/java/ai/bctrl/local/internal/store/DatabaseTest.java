package ai.bctrl.local.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.store.StoreException.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final String TABLES = "SELECT TABLE_NAME || '.' || COLUMN_NAME || ' ' || DATA_TYPE FROM"
            + " INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME <> 'flyway_schema_history'"
            + " ORDER BY 1";

    @TempDir
    Path directory;

    private static void use(Path directory, Consumer<Handle> work) {
        try (Database database = Database.open(directory)) {
            database.jdbi().useHandle(work::accept);
        }
    }

    private void expect(Problem problem, String... said) {
        assertThatThrownBy(() -> Database.open(directory))
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .satisfies(failed -> {
                    assertThat(failed.problem()).as(failed.getMessage()).isEqualTo(problem);
                    assertThat(failed).hasMessageContaining(directory.toString());
                    for (String words : said) {
                        assertThat(failed).hasMessageContaining(words);
                    }
                });
    }

    @Test
    void isTheSameInMemoryAndInAFile() {
        List<List<String>> tables = new java.util.ArrayList<>();
        use(
                directory,
                handle -> tables.add(
                        handle.createQuery(TABLES).mapTo(String.class).list()));
        try (Database memory = Database.open(null)) {
            tables.add(memory.jdbi()
                    .withHandle(handle ->
                            handle.createQuery(TABLES).mapTo(String.class).list()));
        }
        assertThat(tables.get(0)).isNotEmpty().isEqualTo(tables.get(1));
    }

    @Test
    void isNotOpenedAnewByWhoeverComesTooLate() {
        for (Path place : new Path[] {null, directory}) {
            Database database = Database.open(place);
            new SpaceStore(database).list();
            database.close();

            assertThatThrownBy(() -> new SpaceStore(database).list())
                    .isInstanceOf(JdbiException.class)
                    .hasRootCauseMessage("the database is closed");
        }
        // Nobody holds the file.
        Database.open(directory).close();
    }

    @Test
    void keepsTheConnectionForTheNextOne() throws Exception {
        try (Connections connections = new Connections("jdbc:h2:mem:" + UUID.randomUUID())) {
            Connection first = connections.openConnection();
            connections.closeConnection(first);
            Connection again = connections.openConnection();
            assertThat(again).isSameAs(first);

            again.setAutoCommit(false);
            connections.closeConnection(again);
            assertThat(again.isClosed()).as("within a transaction").isTrue();
        }
    }

    @Test
    void knowsAllScripts() throws Exception {
        URI place = java.util.Objects.requireNonNull(Database.class.getResource("migration"))
                .toURI();
        try (Stream<Path> scripts = Files.list(Path.of(place))) {
            assertThat(scripts.map(script -> script.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.SCRIPTS);
        }
        assertThat(Migrations.SCRIPTS).allMatch(script -> script.matches("V[1-9][0-9]*__[a-z_]+\\.sql"));
    }

    @Test
    void canUpgradeAgainAfterItsProcessWasKilledMeanwhile() {
        use(directory, handle -> handle.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" <> '0'"));
        use(
                directory,
                handle -> assertThat(handle.createQuery("SELECT COUNT(*) FROM run")
                                .mapTo(Integer.class)
                                .one())
                        .isZero());
        assertThat(directory.resolve("before-schema-" + Migrations.LATEST + ".zip"))
                .exists();
    }

    @Test
    void refusesWhatANewerVersionWrote() {
        use(
                directory,
                handle -> handle.execute("INSERT INTO \"flyway_schema_history\" (\"installed_rank\", \"version\","
                        + " \"description\", \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
                        + " VALUES (99, '99', 'x', 'SQL', 'x', 'x', 1, TRUE)"));
        expect(
                Problem.NEWER,
                "bctrl.mv.db was written by a newer bctrl: it has schema 99, this version knows up to "
                        + Migrations.LATEST,
                "use that version, or restore the backup");
    }

    @Test
    void refusesWhatAnotherProductWrote() throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve("bctrl");
        try (Connection connection = DriverManager.getConnection(url, "bctrl", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INT)");
        }
        expect(Problem.FOREIGN, "is none of bctrl", "choose another directory");
    }

    @Test
    void refusesADatabaseWithAnotherPassword() throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve("bctrl");
        try (Connection connection = DriverManager.getConnection(url, "sa", "secret")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        expect(Problem.FOREIGN, "is none of bctrl");
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(directory.resolve("bctrl.mv.db"), noise);
        expect(Problem.DAMAGED, "restore a backup", "bctrl restore --from FILE.zip --data DIR");
        assertThat(directory.resolve("bctrl.mv.db")).hasBinaryContent(noise);
    }

    @Test
    void refusesADamagedDatabase() throws IOException {
        use(directory, handle -> {
            for (int i = 0; i < 200; i++) {
                handle.execute("INSERT INTO setting VALUES (?, ?)", "name" + i, "x".repeat(4000));
            }
        });
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("bctrl.mv.db").toFile(), "rw")) {
            file.seek(0);
            file.write(new byte[(int) (file.length() - 20_000)]);
        }
        expect(Problem.DAMAGED, "restore a backup");
    }

    @Test
    void doesNotBeginAnewBesideOldFiles() throws IOException {
        Path file = directory.resolve("files").resolve("space").resolve("file");
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "precious");
        expect(Problem.DAMAGED, "bctrl.mv.db is missing, but files that it knew are there", "restore a backup");
        assertThat(file).hasContent("precious");
    }

    /** As after a SIGKILL: the file as it is now. The space of old rows is used again after a while, here at once. */
    @Test
    void eachChangeIsInTheFileOnceItIsDone() throws IOException {
        Path live = Files.createDirectory(directory.resolve("live"));
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (Database database = Database.open(live)) {
            database.jdbi().useHandle(handle -> handle.execute("SET RETENTION_TIME 0"));
            for (int i = 0; i < 150; i++) {
                String name = "name" + i;
                String text = "x".repeat(i % 7 * 500);
                database.change(() -> database.jdbi()
                        .useHandle(handle -> handle.execute("INSERT INTO setting VALUES (?, ?)", name, text)));
                if (i % 5 == 4) {
                    Files.copy(
                            live.resolve("bctrl.mv.db"),
                            copy.resolve("bctrl.mv.db"),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    int wanted = i + 1;
                    use(
                            copy,
                            handle -> assertThat(handle.createQuery("SELECT COUNT(*) FROM setting")
                                            .mapTo(Integer.class)
                                            .one())
                                    .isEqualTo(wanted));
                }
            }
        }
    }
}
