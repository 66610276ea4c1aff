package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.engine.LaunchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimesApiTest {
    @TempDir
    Path temporary;

    private TestServer server;
    private Api api;
    private String runtimes;

    @BeforeEach
    void start() {
        server = TestServer.start(
                options -> options.dataDirectory(temporary.resolve("data")).extensionsDirectory(temporary));
        api = server.api;
        runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply create(String body) {
        return api.post(runtimes, body);
    }

    @Test
    void answersWithAnActiveRuntimeAndAnOpenRun() {
        Reply runtime =
                create("{\"type\":\"browser\",\"metadata\":{\"a\":[1]}}").expect(200);
        assertThat(runtime.text("status")).isEqualTo("active");
        assertThat(runtime.text("name")).matches("browser-[0-9a-f]{6}");
        assertThat(runtime.text("region")).isEqualTo("local");
        assertThat(runtime.object("metadata").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(runtime.object("backing").get("kind").getAsString()).isEqualTo("ephemeral");
        assertThat(runtime.object("connections").toString()).contains("\"cdp\":{\"available\":true}");
        Reply run = api.get("/v1/runs/" + runtime.text("activeRunId")).expect(200);
        assertThat(run.text("status")).isEqualTo("active");
        assertThat(run.text("runtimeId")).isEqualTo(runtime.text("id"));
        assertThat(api.get("/v1/runs/" + run.text("id") + "/events").each("events", "type"))
                .containsExactly("runtime.started", "run.started");
        assertThat(api.get(runtimes).each("runtimes", "id")).containsExactly(runtime.text("id"));
    }

    @Test
    void stopsOnceAndAnswersTheSameAgain() {
        Reply runtime = create("{\"type\":\"browser\",\"name\":\"mine\"}").expect(200);
        String path = runtimes + "/" + runtime.text("id");
        Reply stopped = api.send("POST", path + "/stop", null).expect(200);
        assertThat(stopped.text("status")).isEqualTo("stopped");
        assertThat(stopped.text("name")).isEqualTo("mine");
        assertThat(stopped.json().get("activeRunId").isJsonNull()).isTrue();
        assertThat(server.engine.last().isClosed()).isTrue();
        assertThat(api.send("POST", path + "/stop", null).expect(200).json()).isEqualTo(stopped.json());
        Reply run = api.get("/v1/runs/" + runtime.text("activeRunId"));
        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.text("endedAt")).endsWith("Z");
        assertThat(api.get("/v1/runs/" + run.text("id") + "/events").each("events", "type"))
                .containsExactly("runtime.started", "run.started", "runtime.stopped", "run.completed");
        api.newConnection(path).expectError(409, "runtime.not_active");
    }

    @Test
    void failsWithItsBrowserAndSaysWhy() {
        Reply runtime = create("{\"type\":\"browser\"}").expect(200);
        String path = runtimes + "/" + runtime.text("id");
        Reply connection = api.newConnection(path).expect(200);
        try (TestSocket socket = server.attach(connection)) {
            server.engine.last().crash();
            assertThat(socket.awaitClose())
                    .isEqualTo(new TestSocket.Closed(1011, "browser crashed: killed by SIGKILL"));
        }
        // Everything is there as soon as the socket is closed.
        Reply failed = api.get(path);
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.object("summary").get("failureReason").getAsString())
                .isEqualTo("browser crashed: killed by SIGKILL");
        Reply run = api.get("/v1/runs/" + runtime.text("activeRunId"));
        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).isEqualTo("browser crashed: killed by SIGKILL");
        Reply events = api.get("/v1/runs/" + run.text("id") + "/events?type=runtime.failed,run.failed");
        assertThat(events.each("events", "type")).containsExactly("runtime.failed", "run.failed");
        assertThat(events.text()).contains("{\"reason\":\"browser crashed: killed by SIGKILL\"}");
        assertThat(api.get(path + "/connections").each("connections", "status")).containsExactly("closed");
        assertThat(TestSocket.refusal(TestServer.url(connection))).isEqualTo(410);
    }

    @Test
    void recordsALaunchThatFailed() {
        server.engine.failWith("chromium exited with status 127: no libnss3");
        Reply refused = create("{\"type\":\"browser\"}").expectError(503, "runtime.launch_failed");
        assertThat(refused.text("error")).contains("no libnss3");
        String id = refused.object("details").get("runtimeId").getAsString();
        Reply runtime = api.get(runtimes + "/" + id).expect(200);
        assertThat(runtime.text("status")).isEqualTo("failed");
        assertThat(api.get("/v1/runs?runtimeId=" + id).each("runs", "status")).containsExactly("failed");
        server.engine.failWith(null);
        create("{\"type\":\"browser\"}").expect(200);
    }

    @Test
    void handsWhatCanBeDoneToTheEngine() {
        create("{\"type\":\"browser\",\"profile\":\"shop\",\"config\":{\"humanize\":false,\"solveCaptchas\":false,"
                        + "\"fingerprint\":{\"browser\":\"chrome\",\"locale\":\"de-DE\"},"
                        + "\"proxy\":{\"mode\":\"custom\",\"host\":\"proxy.test\",\"port\":3128,\"protocol\":\"socks5\","
                        + "\"username\":\"u\",\"password\":\"p\"}}}")
                .expect(200);
        LaunchRequest request = server.engine.last().request();
        assertThat(request.locale()).isEqualTo("de-DE");
        assertThat(request.brand()).isNull();
        assertThat(request.profileDirectory()).isEqualTo(temporary.resolve("data/profiles/shop"));
        assertThat(String.valueOf(request.proxy())).contains("socks5://proxy.test:3128");
    }

    @Test
    void lendsAProfileToOneRuntimeAtATime() {
        Reply first = create("{\"type\":\"browser\",\"profile\":\"shop\"}").expect(200);
        assertThat(first.object("backing").toString()).isEqualTo("{\"kind\":\"profile\",\"profile\":\"shop\"}");
        create("{\"type\":\"browser\",\"profile\":\"SHOP\"}").expectError(409, "profile.in_use");
        api.send("POST", runtimes + "/" + first.text("id") + "/stop", null).expect(200);
        create("{\"type\":\"browser\",\"profile\":\"shop\"}").expect(200);
        server.engine.last().crash();
        Poll.until(
                "the profile is free",
                Duration.ofSeconds(5),
                () -> create("{\"type\":\"browser\",\"profile\":\"shop\"}").status() == 200);
        server.engine.last().close();
        server.engine.failWith("no");
        create("{\"type\":\"browser\",\"profile\":\"other\"}").expectError(503, "runtime.launch_failed");
        server.engine.failWith(null);
        create("{\"type\":\"browser\",\"profile\":\"other\"}").expect(200);
    }

    @Test
    void loadsUnpackedExtensionsByTheirNames() throws IOException {
        Files.createDirectories(temporary.resolve("blocker"));
        Files.writeString(temporary.resolve("blocker/manifest.json"), "{}");
        create("{\"type\":\"browser\",\"extensionIds\":[\"blocker\"]}").expect(200);
        assertThat(server.engine.last().request().extensions()).containsExactly(temporary.resolve("blocker"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"config\":{\"stealth\":\"high\"} | 422 | runtime.hosted_only | config.stealth",
                "\"config\":{\"solveCaptchas\":true} | 422 | runtime.hosted_only | config.solveCaptchas",
                "\"config\":{\"humanize\":true} | 422 | runtime.hosted_only | config.humanize",
                "\"config\":{\"humanizePersonaId\":3} | 422 | runtime.hosted_only | config.humanizePersonaId",
                "\"config\":{\"proxy\":{\"mode\":\"saved\",\"id\":\"x\"}} | 422 | runtime.hosted_only | config.proxy",
                "\"config\":{\"fingerprint\":{\"browser\":\"edge\"}} | 422 | runtime.browser_unavailable |",
                "\"extensionIds\":[\"nope\"] | 422 | extension.not_found | extensionIds",
                "\"extensionIds\":[\"..\"] | 422 | extension.not_found | extensionIds",
                "\"profile\":\"../x\" | 400 | request.invalid | profile",
                "\"profile\":\"\" | 400 | request.invalid | profile",
                "\"name\":\"\" | 400 | request.invalid | name",
            })
    void refusesWhatCannotBeDoneHere(String member, int status, String code, String field) {
        Reply refused = create("{\"type\":\"browser\"," + member + "}").expectError(status, code);
        if (field != null) {
            refused.expectField(field);
        }
        assertThat(api.get(runtimes).array("runtimes")).isEmpty();
        assertThat(server.engine.browsers()).isEmpty();
    }

    @Test
    void keepsNoBrowserThatStartsWhileItsSpaceIsDeleted() throws Exception {
        String space =
                "/v1/spaces/" + api.post("/v1/spaces", "{\"name\":\"s\"}").text("id");
        CountDownLatch release = new CountDownLatch(1);
        server.engine.holdLaunches(release);
        CompletableFuture<Reply> launch = api.sendAsync("POST", space + "/runtimes", "{\"type\":\"browser\"}");
        Poll.until("the space is gone", Duration.ofSeconds(10), () -> {
            api.delete(space);
            return api.get(space).status() == 404;
        });
        release.countDown();
        assertThat(launch.get().status()).isEqualTo(404);
        assertThat(server.engine.browsers()).allMatch(FakeBrowser::isClosed);
    }

    @Test
    void closesSocketsAndBrowsersWithTheControlPlane() {
        String runtime = api.newRuntime();
        TestSocket socket = server.attach(api.newConnection(runtime).expect(200));
        server.local.close();
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, "control plane is shutting down"));
        assertThat(server.engine.last().isClosed()).isTrue();
    }
}
