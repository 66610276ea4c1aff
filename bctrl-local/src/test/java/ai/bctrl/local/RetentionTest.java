package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that have ended are removed as the rules say, with all that belongs to them. */
class RetentionTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private TestServer start(UnaryOperator<LocalOptions.Builder> rules) {
        return TestServer.start(
                options -> rules.apply(options.dataDirectory(data).apiKey("key")));
    }

    /** The id of a run with an artifact, which has ended. */
    private static String run(Api api, int bytes) {
        String runtime = api.newRuntime();
        String run = api.get("/v1/runs?limit=1").each("runs", "id").get(0);
        api.send(
                        "POST",
                        "/v1/runs/" + run + "/artifacts?kind=report&name=a.txt",
                        "x".repeat(bytes),
                        "Content-Type",
                        "text/plain")
                .expect(200);
        api.send("POST", runtime + "/stop", null).expect(200);
        return run;
    }

    private static void awaitRuns(Api api, List<String> wanted) {
        Poll.until(
                "these runs are left: " + wanted,
                DEADLINE,
                () -> api.get("/v1/runs").each("runs", "id").equals(wanted));
    }

    private long files() {
        try (Stream<Path> files = Files.walk(data.resolve("files"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void keepsTheNewest() {
        List<String> newestFirst = new ArrayList<>();
        try (TestServer server = start(options -> options)) {
            String active = server.api.newRuntime();
            assertThat(active).isNotBlank();
            for (int i = 0; i < 5; i++) {
                newestFirst.add(0, run(server.api, 10));
            }
        }
        List<String> kept = newestFirst.subList(0, 3);
        try (TestServer server = start(options -> options.keepRuns(3))) {
            Api api = server.api;
            awaitRuns(api, kept);
            String oldest = newestFirst.get(4);
            api.get("/v1/runs/" + oldest).expectError(404, "run.not_found");
            api.get("/v1/runs/" + oldest + "/events").expectError(404, "run.not_found");
            String space = "/v1/spaces/" + api.defaultSpace();
            assertThat(api.get(space + "/runtimes").array("runtimes")).hasSize(3);
            assertThat(api.get(space + "/storage/files").array("files")).hasSize(3);
            // The bytes go after their record.
            Poll.until("the bytes are gone", DEADLINE, () -> files() == 3);
        }
    }

    @Test
    void removesWhatEndedLongAgo() {
        ManualClock clock = new ManualClock();
        try (TestServer server =
                TestServer.start(clock, options -> options.dataDirectory(data).keepFor(Duration.ofDays(30)))) {
            run(server.api, 10);
            clock.advance(Duration.ofDays(29));
            String young = run(server.api, 10);
            assertThat(server.api.get("/v1/runs").array("runs")).hasSize(2);
            clock.advance(Duration.ofDays(2));
            String newest = run(server.api, 10);
            awaitRuns(server.api, List.of(newest, young));
        }
    }

    @Test
    void keepsSoManyBytes() {
        try (TestServer server = start(options -> options.keepBytes(2_500L))) {
            run(server.api, 1_000);
            String second = run(server.api, 1_000);
            String third = run(server.api, 1_000);
            awaitRuns(server.api, List.of(third, second));
            String large = run(server.api, 2_400);
            awaitRuns(server.api, List.of(large));
        }
    }

    @Test
    void keepsWhatSomebodyLooksAtAndWhatRuns() {
        try (TestServer server = start(options -> options)) {
            Api api = server.api;
            String viewed = run(api, 10);
            api.post("/v1/runs/" + viewed + "/recording", "{}").expect(200);
        }
        try (TestServer server = start(options -> options.keepRuns(1))) {
            Api api = server.api;
            String viewed = api.get("/v1/runs").each("runs", "id").get(0);
            api.post("/v1/runs/" + viewed + "/recording", "{\"expiresInSeconds\":3600}")
                    .expect(200);
            api.newRuntime();
            String active = api.get("/v1/runs?limit=1").each("runs", "id").get(0);
            run(api, 10);
            String ended = run(api, 10);
            awaitRuns(api, List.of(ended, active, viewed));
        }
    }
}
