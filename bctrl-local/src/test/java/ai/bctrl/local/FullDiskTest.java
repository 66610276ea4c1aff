package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new is refused on a full disk; the control plane lives on, and goes on when there is room. */
class FullDiskTest {
    private static final long DISK = 48L << 20;

    @TempDir
    Path directory;

    private static String events(String text) {
        return "{\"events\":[{\"type\":\"test.note\",\"data\":{\"text\":\"" + text + "\"}}]}";
    }

    private static Reply upload(Api api, String run, int size) {
        return api.send(
                "POST",
                "/v1/runs/" + run + "/artifacts?kind=report&name=a.txt",
                "x".repeat(size),
                "Content-Type",
                "text/plain");
    }

    @Test
    void refusesWhatIsNewInTimeAndEndsWhatRuns() throws IOException {
        try (SmallDisk disk = SmallDisk.of(directory.resolve("disk"), DISK)) {
            Path data = disk.path().resolve("data");
            try (TestServer server = TestServer.start(options -> options.dataDirectory(data))) {
                Api api = server.api;
                String runtime = api.newRuntime();
                String run = api.get("/v1/runs").each("runs", "id").get(0);
                upload(api, run, 1000).expect(200);

                disk.fillBut(10L << 20);
                upload(api, run, 1000).expectError(507, "storage.full");
                api.post("/v1/runs/" + run + "/events", events("refused")).expectError(507, "storage.full");
                api.post("/v1/spaces", "{\"name\":\"s\"}").expectError(507, "storage.full");
                api.post(runtime.substring(0, runtime.lastIndexOf('/')), "{\"type\":\"browser\"}")
                        .expectError(507, "storage.full");
                api.send("POST", runtime + "/stop", null).expect(200);
                assertThat(api.get("/v1/runs/" + run).text("status")).isEqualTo("completed");
                assertNothingHalf(api, run, data);

                disk.makeRoom();
                upload(api, run, 1000).expect(200);
                api.post("/v1/runs/" + run + "/events", events("kept")).expect(200);
                assertThat(api.get("/v1/runs/" + run + "/events").text())
                        .contains("kept")
                        .doesNotContain("refused");
            }
        }
    }

    @Test
    void opensItsDatabaseAnewAfterNothingCouldBeWrittenAtAll() throws IOException {
        try (SmallDisk disk = SmallDisk.of(directory.resolve("disk"), DISK)) {
            Path data = disk.path().resolve("data");
            List<String> acknowledged = new ArrayList<>();
            String run;
            try (TestServer server = TestServer.start(options -> options.dataDirectory(data))) {
                Api api = server.api;
                api.newRuntime();
                run = api.get("/v1/runs").each("runs", "id").get(0);
                acknowledged.addAll(api.post("/v1/runs/" + run + "/events", events("before"))
                        .expect(200)
                        .each("events", "id"));
                // The room of the last resort is gone as well, which a runtime is stopped with.
                disk.fillBut(0);
                String runtime = api.get("/v1/runs/" + run).text("runtimeId");
                String path = "/v1/spaces/" + api.defaultSpace() + "/runtimes/" + runtime;
                int status = 200;
                for (int i = 0; i < 50 && status == 200; i++) {
                    // Ends of leases are written without asking for room.
                    status = api.newConnection(path).status();
                }
                assertThat(status).isIn(503, 507);

                disk.makeRoom();
                Poll.until(
                        "the database is open again",
                        Duration.ofSeconds(20),
                        () -> api.get("/v1/runs/" + run).status() == 200);
                acknowledged.addAll(api.post("/v1/runs/" + run + "/events", events("after"))
                        .expect(200)
                        .each("events", "id"));
                assertThat(api.get("/v1/runs/" + run + "/events?limit=200").each("events", "id"))
                        .containsAll(acknowledged);
                assertNothingHalf(api, run, data);
            }
            try (TestServer server = TestServer.start(options -> options.dataDirectory(data))) {
                assertThat(server.api
                                .get("/v1/runs/" + run + "/events?limit=200")
                                .each("events", "id"))
                        .containsAll(acknowledged);
            }
        }
    }

    @Test
    void saysThatItCannotStartOnAFullDisk() throws IOException {
        try (SmallDisk disk = SmallDisk.of(directory.resolve("disk"), DISK)) {
            Path data = Files.createDirectory(disk.path().resolve("data"));
            disk.fillBut(0);
            assertThatThrownBy(() -> TestServer.start(options -> options.dataDirectory(data)))
                    .isInstanceOfSatisfying(
                            DataDirectoryException.class,
                            failed -> assertThat(failed.reason()).isEqualTo(DataDirectoryException.Reason.FULL))
                    .hasMessageContaining("make room on its disk");
        }
    }

    private static void assertNothingHalf(Api api, String run, Path data) throws IOException {
        List<String> files =
                api.get("/v1/runs/" + run + "/artifacts").expect(200).each("artifacts", "fileId");
        Path root = data.resolve("files");
        if (files.isEmpty() && !Files.exists(root)) {
            return;
        }
        try (Stream<Path> kept = Files.walk(root)) {
            assertThat(kept.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(files);
        }
    }
}
