package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.engine.BrowserStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthApiTest {
    private static final String BROWSER = "{\"type\":\"browser\"}";

    @TempDir
    Path temporary;

    @Test
    void isDegradedWhileSomebodyWaits() throws Exception {
        try (TestServer server = TestServer.start(options -> options.maxRuntimes(1))) {
            Api anybody = server.api.withKey(null);
            String runtime = server.api.newRuntime();
            CompletableFuture<Reply> next = server.api.sendAsync(
                    "POST", runtime.substring(0, runtime.lastIndexOf('/')), BROWSER, "Idempotency-Key", "a");
            Poll.until(
                    "it waits",
                    Duration.ofSeconds(10),
                    () -> anybody.get("/health").text("status").equals("degraded"));
            Reply health = anybody.get("/health").expect(200);
            assertThat(health.text())
                    .isEqualTo("{\"status\":\"degraded\",\"live\":true,\"ready\":true,"
                            + "\"reasons\":[\"1 requests wait for a browser (places)\"]}");
            server.api.send("POST", runtime + "/stop", null).expect(200);
            next.join().expect(200);
        }
    }

    @Test
    void isNotReadyWithoutABrowser() {
        try (FakeEngine engine = new FakeEngine();
                LocalBctrl local = LocalBctrl.start(
                        LocalOptions.defaults(),
                        InstantSource.system(),
                        () -> new LocalBctrl.Browsers(
                                engine,
                                request -> {
                                    throw new BrowserStartException("not in /opt/secret/place");
                                },
                                temporary.resolve("browsers")))) {
            Reply health = Api.of(local).withKey(null).get("/health").expect(503);
            assertThat(health.text())
                    .contains("\"status\":\"unavailable\",\"live\":true,\"ready\":false", "no browser is found")
                    .doesNotContain("secret");
        }
    }

    @Test
    void countsForThoseThatMayRead() {
        try (TestServer server =
                TestServer.start(options -> options.metrics(true).maxRuntimes(3).readOnlyApiKey("just-looking"))) {
            String runtime = server.api.newRuntime();
            try (TestSocket socket =
                    server.attach(server.api.newConnection(runtime).expect(200))) {
                assertThat(socket).isNotNull();
            }
            server.api.get("/v1/nowhere").expect(404);
            server.engine.failWith("no");
            server.api
                    .post("/v1/spaces/" + server.api.defaultSpace() + "/runtimes", BROWSER)
                    .expect(503);
            server.api.withKey(null).get("/metrics").expectError(401, "auth.required");
            Api reader = server.api.withKey("just-looking");
            assertThat(reader.get("/metrics").expect(200).text())
                    .contains("bctrl_runtimes_active 1.0", "bctrl_runtimes_waiting 0.0", "bctrl_runtimes_max 3.0")
                    .contains(
                            "bctrl_launch_seconds_count{outcome=\"up\"} 1",
                            "bctrl_launch_seconds_count{outcome=\"failed\"} 1")
                    .contains("route=\"createRuntime\",status=\"200\"", "route=\"createRuntime\",status=\"503\"")
                    .contains(
                            "route=\"other\",status=\"404\"",
                            "bctrl_events_total",
                            "bctrl_relay_bytes_total{from=\"browser\"}",
                            "bctrl_memory_available_bytes");
            server.api.send("POST", runtime + "/stop", null).expect(200);
            Poll.until(
                    "the place is free",
                    Duration.ofSeconds(5),
                    () -> reader.get("/metrics").text().contains("bctrl_runtimes_active 0.0"));
            assertThat(reader.get("/metrics").text()).contains("bctrl_runtimes_ended_total{cause=\"stopped\"} 1.0");
        }
    }

    @Test
    void embeddedItCountsNothing() {
        try (TestServer server = TestServer.start()) {
            server.api.get("/metrics").expectError(404, "route.not_found");
        }
    }
}
