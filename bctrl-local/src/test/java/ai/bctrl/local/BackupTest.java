package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's backup and restore, with a control plane that is used meanwhile. */
class BackupTest {
    @TempDir
    Path directory;

    private record Said(int code, String text) {}

    private Said run(String... arguments) throws IOException, InterruptedException {
        Process process = ServeProcess.command(directory, List.of(arguments)).start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    private TestServer start(Path data) {
        return TestServer.start(options -> options.dataDirectory(data).apiKey(ServeProcess.KEY));
    }

    @Test
    void copiesUnderLoadWhatWasAcknowledgedBefore() throws Exception {
        Path data = directory.resolve("data");
        Path zip = directory.resolve("backup.zip");
        KillLedger before = new KillLedger();
        KillLedger meanwhile = new KillLedger();
        List<String> runs;
        try (TestServer server = start(data)) {
            for (int i = 0; i < 2; i++) {
                server.api.newRuntime();
            }
            runs = server.api.get("/v1/runs").each("runs", "id");
            runs.forEach(before::open);
            runs.forEach(meanwhile::open);
            try (KillLoad load = new KillLoad(server.api.baseUrl(), before)) {
                load.begin(1, runs);
                await(before, 10);
                load.end();
            }
            try (KillLoad load = new KillLoad(server.api.baseUrl(), meanwhile)) {
                load.begin(2, runs);
                await(meanwhile, 3);
                Said backup = run("backup", "--data", data.toString(), "--to", zip.toString());
                assertThat(backup.code()).as(backup.text()).isZero();
                load.end();
            }
            assertThat(data.resolve("serving.json")).isNotEmptyFile();
        }
        assertThat(data.resolve("serving.json")).doesNotExist();
        assertThat(directory.resolve("backup.zip.part")).doesNotExist();

        Path again = directory.resolve("again");
        Said restore = run("restore", "--from", zip.toString(), "--data", again.toString());
        assertThat(restore.code()).as(restore.text()).isZero();
        try (TestServer server = start(again);
                KillLoad reader = new KillLoad(server.api.baseUrl(), before)) {
            for (String run : runs) {
                assertThat(server.api.get("/v1/runs/" + run).text("status")).isEqualTo("failed");
                before.check(server.api, reader, run);
            }
            before.checkSpaces(server.api);
        }
    }

    private static void await(KillLedger ledger, int artifacts) {
        Poll.until(
                "something is acknowledged",
                Duration.ofSeconds(60),
                () -> ledger.artifacts.sum() >= artifacts && ledger.events.sum() >= artifacts);
    }

    @Test
    void copiesADirectoryThatNobodyUses() throws Exception {
        Path data = directory.resolve("data");
        Path zip = directory.resolve("backup.zip");
        String space;
        try (TestServer server = start(data)) {
            space = server.api.post("/v1/spaces", "{\"name\":\"kept\"}").text("id");
        }
        assertThat(run("backup", "--data", data.toString(), "--to", zip.toString()))
                .isEqualTo(new Said(0, "Copied 1 files into " + zip + "\n"));
        assertThat(run("backup", "--data", data.toString(), "--to", zip.toString()))
                .isEqualTo(new Said(1, "bctrl: " + zip + " exists; name another file\n"));
        assertThat(run("restore", "--from", zip.toString(), "--data", data.toString()))
                .isEqualTo(new Said(
                        1, "bctrl: " + data + " is not empty; move it away or restore into another directory\n"));
        Path again = Files.createDirectory(directory.resolve("again"));
        assertThat(run("restore", "--from", zip.toString(), "--data", again.toString()))
                .isEqualTo(new Said(0, "Restored " + again + " with 0 stored files\n"));
        try (TestServer server = start(again)) {
            assertThat(server.api.get("/v1/spaces/" + space).text("name")).isEqualTo("kept");
        }
    }

    @Test
    void refusesACopyThatIsNotWhole() throws Exception {
        Path data = directory.resolve("data");
        Path zip = directory.resolve("backup.zip");
        start(data).close();
        run("backup", "--data", data.toString(), "--to", zip.toString());
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, java.util.Arrays.copyOf(whole, whole.length / 2));
        Path again = directory.resolve("again");
        Said refused = run("restore", "--from", zip.toString(), "--data", again.toString());
        assertThat(refused.code()).as(refused.text()).isEqualTo(6);
        assertThat(refused.text()).startsWith("bctrl: " + zip + " is no whole copy of a data directory: ");
        assertThat(again).doesNotExist();
        assertThat(directory.resolve("again.restoring")).doesNotExist();
    }

    @Test
    void needsTheKeyThatMayDoEverything() {
        Path data = directory.resolve("data");
        try (TestServer server = TestServer.start(
                options -> options.dataDirectory(data).apiKey(ServeProcess.KEY).readOnlyApiKey("reader"))) {
            server.api.withKey(null).post("/backup", "").expectError(401, "auth.required");
            server.api.withKey("other").post("/backup", "").expectError(401, "auth.invalid");
            server.api.withKey("reader").post("/backup", "").expectError(403, "auth.forbidden");
            server.api.get("/backup").expectError(405, "route.method_not_allowed");
            assertThat(server.api.post("/backup", "").status()).isEqualTo(200);
        }
    }
}
