package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory of an earlier version, as that version left it, is used on. */
class DataUpgradeTest {
    @TempDir
    Path data;

    private void unpack(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(DataUpgradeTest.class.getResourceAsStream(resource));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = data.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
    }

    @Test
    void usesWhatWasWrittenBeforeFlyway() throws IOException {
        unpack("data-before-flyway.zip");
        for (int start = 0; start < 2; start++) {
            try (TestServer server =
                    TestServer.start(options -> options.dataDirectory(data).apiKey("key"))) {
                Api api = server.api;
                Reply runs = api.get("/v1/runs");
                assertThat(runs.each("runs", "status")).containsOnly("completed");
                String run = runs.each("runs", "id").get(start);
                assertThat(api.get("/v1/runs/" + run + "/events").each("events", "type"))
                        .contains("run.started", "test.note", "artifact.created", "run.completed");
                String address = api.get("/v1/runs/" + run + "/artifacts")
                        .each("artifacts", "downloadUrl")
                        .get(0);
                assertThat(api.get(address.substring(address.indexOf("/v1/"))).text())
                        .isEqualTo("kept bytes");
                assertThat(api.get("/v1/spaces").text()).contains("x".repeat(50_000));
                String runtime = api.newRuntime();
                api.send("POST", runtime + "/stop", null).expect(200);
            }
        }
        assertThat(data.resolve("before-schema-5.zip")).isNotEmptyFile();
    }
}
