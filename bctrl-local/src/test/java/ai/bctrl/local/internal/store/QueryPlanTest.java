package ai.bctrl.local.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.ExecutionMode;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunOutcome;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeType;
import ai.bctrl.model.StorageFile;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is asked for is read, and nothing else, however much there is. Counts rows, never time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlanTest {
    private static final String TIME = "2026-01-02T03:04:05.006Z";
    private static final String SPACE = "space";
    private static final String RUNTIME = "runtime-7";
    private static final String RUN = "run-7";
    private static final int EVENTS = EventStore.SEARCHED + 2_000;
    private static final int RUNS = RunStore.SEARCHED + 1_000;
    private static final int LIMIT = 20;
    private static final Pattern READ = Pattern.compile("scanCount: (\\d+)");

    private final Database database = Database.open(null);
    private final EventStore events = new EventStore(database);
    private final RunStore runs = new RunStore(database);
    private final Map<String, Object> values = new HashMap<>(Map.of(
            "runId",
            RUN,
            "runtimeId",
            RUNTIME,
            "spaceId",
            SPACE,
            "status",
            "active",
            "outcome",
            "failed",
            "limit",
            LIMIT));

    @BeforeAll
    void fill() {
        database.change(() -> {
            for (int i = 0; i < RUNS; i++) {
                runs.insert("run-" + i, "runtime-" + i, SPACE, TIME);
                runs.end("run-" + i, RunStatus.COMPLETED, null, TIME);
                runs.endTest("run-" + i, i == 3 ? RunOutcome.FAILED : RunOutcome.PASSED);
            }
            runs.insert("active", "runtime-active", SPACE, TIME);
            List<NewEvent> all = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                String type = i % 1_000 == 0 ? "page.crash" : i % 1_000 == 1 ? "page.load" : "network.response";
                all.add(event(type, i == EVENTS - 1 ? "command" : "browser"));
            }
            events.insert(all);
            fillFiles();
        });
        database.jdbi().useHandle(handle -> handle.execute("ANALYZE"));
    }

    private void fillFiles() {
        ArtifactStore artifacts = new ArtifactStore(database);
        FileStore files = new FileStore(database);
        ConnectionStore connections = new ConnectionStore(database);
        CommandStore commands = new CommandStore(database);
        for (int i = 0; i < 1_000; i++) {
            String run = "run-" + i % 5;
            String file = "file-" + i;
            files.insert(
                    SPACE,
                    new StorageFile(file, file, "runs/" + run + "/" + i, "text/plain", 1L, "ready", TIME, null, null));
            artifacts.insert(
                    SPACE,
                    new RunArtifact(
                            "artifact-" + i,
                            run,
                            "runtime-" + i % 5,
                            RuntimeType.BROWSER,
                            "log",
                            file,
                            file,
                            file,
                            "text/plain",
                            1L,
                            TIME,
                            null,
                            new JsonObject()));
            connections.insert("connection-" + i, RUNTIME, RUN, TIME, "2027");
            connections.end("connection-" + i, ConnectionStatus.REVOKED, TIME, TIME);
            long unused = commands.insert(RUN, RUNTIME, "live.reload", ExecutionMode.INLINE, new JsonObject(), TIME);
        }
    }

    private static NewEvent event(String type, String kind) {
        return new NewEvent(RUN, RUNTIME, type, kind, "browser", null, null, null, null, TIME);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void readsAPageOfEvents() {
        assertThat(rowsOfEvents(EventStore.Order.OLDEST_FIRST, 0)).isLessThanOrEqualTo(LIMIT + 1);
        assertThat(rowsOfEvents(EventStore.Order.NEWEST_FIRST, Long.MAX_VALUE)).isLessThanOrEqualTo(LIMIT + 1);
        assertThat(rows(EventStore.LAST, Map.of())).isLessThanOrEqualTo(2);
    }

    @Test
    void readsOnlyEventsOfTheTypeThatIsAskedFor() {
        assertThat(rowsOfEvents(EventStore.Order.OLDEST_FIRST, 0, "page.crash")).isLessThanOrEqualTo(LIMIT + 1);
        assertThat(rowsOfEvents(EventStore.Order.NEWEST_FIRST, Long.MAX_VALUE, "page.crash"))
                .isLessThanOrEqualTo(LIMIT + 1);
        assertThat(rowsOfEvents(EventStore.Order.OLDEST_FIRST, 0, "none")).isLessThanOrEqualTo(1);
    }

    @Test
    void readsNoMoreOfEachTypeThanIsShown() {
        // Of each type a page, these once more in their order, and each of the page by its number.
        assertThat(rowsOfEvents(EventStore.Order.OLDEST_FIRST, 0, "page.crash", "network.response"))
                .isLessThanOrEqualTo(6 * LIMIT + 10);
        assertThat(rowsOfEvents(EventStore.Order.NEWEST_FIRST, Long.MAX_VALUE, "page.crash", "network.response"))
                .isLessThanOrEqualTo(6 * LIMIT + 10);
    }

    @Test
    void mixesTypesInTheOrderOfTheRun() {
        EventStore.Filter two = filter(List.of("page.load", "page.crash", "page.crash"), List.of());

        EventStore.Page oldest = events.listAfter(RUN, two, 0, 5);
        EventStore.Page newest = events.listBefore(RUN, two, Long.MAX_VALUE, 5);

        assertThat(oldest.events())
                .extracting(one -> one.event().type())
                .containsExactly("page.crash", "page.load", "page.crash", "page.load", "page.crash");
        assertThat(oldest.events()).extracting(EventStore.Numbered::seq).isSorted();
        assertThat(newest.events())
                .extracting(one -> one.event().type())
                .containsExactly("page.load", "page.crash", "page.load", "page.crash", "page.load");
        assertThat(events.listAfter(RUN, two, newest.events().get(4).seq(), 5).events())
                .hasSize(4);
        assertThat(events.listAfter(RUN, two, newest.events().get(4).seq(), 5).next())
                .isNull();
    }

    @Test
    void looksAtABoundedNumberOfEventsForAKindAndSaysWhereToGoOn() {
        EventStore.Filter kind = filter(List.of(), List.of("command"));

        EventStore.Page first = events.listAfter(RUN, kind, 0, LIMIT);

        assertThat(first.events()).isEmpty();
        assertThat(first.next()).isNotNull();
        EventStore.Page second = events.listAfter(RUN, kind, first.next(), LIMIT);
        assertThat(second.events()).hasSize(1);
        assertThat(second.next()).isNull();
        assertThat(rows(
                        EventStore.sql(EventStore.Order.OLDEST_FIRST, kind, true),
                        Map.of("bound", 0L, "end", first.next(), "kinds", List.of("command"))))
                .isLessThanOrEqualTo(EventStore.SEARCHED + 2);
    }

    @Test
    void findsThePlaceOfAnEventByItsId() {
        String id = Objects.requireNonNull(events.listAfter(RUN, filter(List.of(), List.of()), 500, 1)
                .events()
                .get(0)
                .event()
                .id());

        assertThat(rows(EventStore.PLACE, Map.of("id", id))).isLessThanOrEqualTo(2);
        assertThat(events.place(RUN, id)).isNotNull();
        assertThat(events.place("run-1", id)).isNull();
    }

    @Test
    void makesIdsThatLieBesideEachOtherInTheIndex() {
        UUID id = EventStore.newId();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(1_700_000_000_000L, 4_000_000_000_000L);
    }

    @Test
    void readsAPageOfRuns() {
        for (RunStore.Filter filter : List.of(
                new RunStore.Filter(null, null, null, null, null),
                new RunStore.Filter(null, SPACE, null, null, null),
                new RunStore.Filter(RUNTIME, null, null, null, null),
                new RunStore.Filter(null, null, RunStatus.ACTIVE, null, null),
                new RunStore.Filter(null, SPACE, RunStatus.ACTIVE, null, null),
                new RunStore.Filter(null, null, null, RunOutcome.FAILED, null),
                new RunStore.Filter(null, SPACE, null, RunOutcome.FAILED, null),
                new RunStore.Filter(null, SPACE, RunStatus.ACTIVE, RunOutcome.FAILED, null))) {
            assertThat(rows(RunStore.sql(filter, false), Map.of("below", Long.MAX_VALUE)))
                    .as(filter.toString())
                    .isLessThanOrEqualTo(LIMIT + 1);
        }
    }

    @Test
    void looksAtABoundedNumberOfRunsForAWordAndSaysWhereToGoOn() {
        runs.beginTest("run-5", new JsonObject(), "shop.CheckoutTest.buys");
        RunStore.Filter word = new RunStore.Filter(null, SPACE, null, null, "CHECKOUT");

        RunStore.Page first = runs.list(word, Long.MAX_VALUE, LIMIT);

        assertThat(first.runs()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(rows(
                        RunStore.sql(word, true),
                        Map.of("below", Long.MAX_VALUE, "end", first.next(), "search", "checkout")))
                .isLessThanOrEqualTo(RunStore.SEARCHED + 2);
        RunStore.Page page = first;
        List<String> found = new ArrayList<>();
        while (page.next() != null) {
            page = runs.list(word, page.next(), LIMIT);
            page.runs().forEach(one -> found.add(one.run().id()));
        }
        assertThat(found).containsExactly("run-5");
    }

    @Test
    void readsAPageOfArtifacts() {
        // Each, and twice its file: once to find that there is no other.
        int most = 3 * (LIMIT + 2);
        for (ArtifactStore.Filter filter : List.of(
                new ArtifactStore.Filter(null, "run-1", null, List.of()),
                new ArtifactStore.Filter(SPACE, null, null, List.of()),
                new ArtifactStore.Filter(SPACE, null, "runtime-1", List.of()))) {
            assertThat(rows(
                            ArtifactStore.sql(filter),
                            Map.of("below", Long.MAX_VALUE, "runId", "run-1", "runtimeId", "runtime-1")))
                    .as(filter.toString())
                    .isLessThanOrEqualTo(most);
        }
    }

    @Test
    void findsTheLeaseThatHoldsARuntimeAmongThoseThatAreOver() {
        assertThat(rows(ConnectionStore.HOLDER, Map.of("id", RUNTIME))).isLessThanOrEqualTo(1);
        assertThat(rows(ConnectionStore.DUE, Map.of("now", "2028"))).isLessThanOrEqualTo(1);
    }

    @Test
    void findsFilesByTheirPath() {
        assertThat(rows(FileStore.BY_PATH, Map.of("path", "runs/run-2/7"))).isLessThanOrEqualTo(2);
        assertThat(rows(RetentionStore.FILES, Map.of("space", SPACE, "prefix", "runs/run-2/", "end", "runs/run-20")))
                .isLessThanOrEqualTo(201);
        assertThat(rows(CommandStore.LAST, Map.of())).isLessThanOrEqualTo(2);
    }

    @Test
    void findsRuntimesThatAreActive() {
        assertThat(rows(RuntimeStore.ACTIVE, Map.of())).isLessThanOrEqualTo(1);
    }

    private static EventStore.Filter filter(List<String> types, List<String> kinds) {
        return new EventStore.Filter(types, kinds, null, null, null);
    }

    private long rowsOfEvents(EventStore.Order order, long bound, String... types) {
        Map<String, Object> more = new HashMap<>(Map.of("bound", bound));
        for (int i = 0; i < types.length; i++) {
            more.put("type" + i, types[i]);
        }
        return rows(EventStore.sql(order, filter(List.of(types), List.of()), false), more);
    }

    /** How many rows a query reads, of all tables together. */
    private long rows(String sql, Map<String, ?> more) {
        String plan = database.jdbi().withHandle(handle -> {
            var query = handle.createQuery("EXPLAIN ANALYZE " + sql);
            Map<String, Object> all = new HashMap<>(values);
            all.putAll(more);
            all.forEach((name, value) -> {
                if (value instanceof List<?> list) {
                    query.bindList(name, list);
                } else if (sql.contains(":" + name)) {
                    query.bind(name, value);
                }
            });
            return query.mapTo(String.class).one();
        });
        long rows = 0;
        Matcher read = READ.matcher(plan);
        while (read.find()) {
            rows += Long.parseLong(read.group(1));
        }
        assertThat(plan).contains("scanCount");
        return rows;
    }
}
