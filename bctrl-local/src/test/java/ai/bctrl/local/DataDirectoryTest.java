package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path data;

    private TestServer start() {
        return TestServer.start(options -> options.dataDirectory(data));
    }

    @Test
    void keepsSpacesRunsAndEvents() {
        String space;
        String run;
        String keyId;
        try (TestServer server =
                TestServer.start(options -> options.dataDirectory(data).apiKey("key"))) {
            space = server.api.defaultSpace();
            String runtime = server.api.newRuntime();
            server.api.send("POST", runtime + "/stop", null).expect(200);
            run = server.api.get("/v1/runs").each("runs", "id").get(0);
            keyId = server.api.get("/v1/auth/whoami").text("keyId");
        }
        try (TestServer server =
                TestServer.start(options -> options.dataDirectory(data).apiKey("key"))) {
            assertThat(server.api.defaultSpace()).isEqualTo(space);
            assertThat(server.api.get("/v1/spaces").array("spaces")).hasSize(1);
            assertThat(server.api.get("/v1/runs/" + run).text("status")).isEqualTo("completed");
            assertThat(server.api.get("/v1/runs/" + run + "/events").array("events"))
                    .hasSize(4);
            assertThat(server.api.get("/v1/auth/whoami").text("keyId")).isEqualTo(keyId);
        }
    }

    @Test
    void endsWhatAnEarlierProcessLeftActive() throws IOException {
        Path copy = Files.createDirectory(data.resolve("copy"));
        String runtime;
        Reply connection;
        try (TestServer server = start()) {
            runtime = server.api.newRuntime();
            connection = server.api.newConnection(runtime).expect(200);
            // What a SIGKILL leaves behind: the file as it is now.
            Files.copy(data.resolve("bctrl.mv.db"), copy.resolve("bctrl.mv.db"));
        }
        try (TestServer server = TestServer.start(options -> options.dataDirectory(copy))) {
            Reply failed = server.api.get(runtime).expect(200);
            assertThat(failed.text("status")).isEqualTo("failed");
            assertThat(failed.text()).contains("\"failureReason\":\"control plane was restarted\"");
            Reply runs = server.api.get("/v1/runs?status=failed");
            assertThat(runs.each("runs", "reason")).containsExactly("control plane was restarted");
            assertThat(server.api.get(runtime + "/connections").each("connections", "status"))
                    .containsExactly("closed");
            String port =
                    server.local.baseUrl().substring(server.local.baseUrl().lastIndexOf(':') + 1);
            assertThat(TestSocket.refusal(TestServer.url(connection).replaceFirst(":[0-9]+/", ":" + port + "/")))
                    .isEqualTo(410);
        }
    }

    @Test
    void isUsedByOneControlPlaneAtATime() {
        try (TestServer server = start()) {
            assertThat(server.api.get("/v1/spaces").status()).isEqualTo(200);
            assertThatThrownBy(this::start)
                    .isInstanceOf(LocalBctrlException.class)
                    .hasMessageContaining("data directory " + data + " is in use by another control plane");
        }
        start().close();
    }

    @Test
    void keepsLongValues() {
        String space;
        String metadata = "{\"long\":\"" + "\u00e4\ud83d\ude00".repeat(100_000) + "\"}";
        try (TestServer server = start()) {
            Reply created = server.api.post("/v1/spaces", "{\"name\":\"s\",\"metadata\":" + metadata + "}");
            space = created.expect(200).text("id");
        }
        try (TestServer server = start()) {
            assertThat(server.api.get("/v1/spaces/" + space).object("metadata").toString())
                    .isEqualTo(metadata);
        }
    }

    @Test
    void mustBeADirectory() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "x");
        assertThatThrownBy(() -> TestServer.start(options -> options.dataDirectory(file)))
                .isInstanceOf(LocalBctrlException.class)
                .hasMessageContaining("cannot use the data directory " + file);
    }
}
