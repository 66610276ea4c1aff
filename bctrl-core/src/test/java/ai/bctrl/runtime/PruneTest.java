package ai.bctrl.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PruneTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    private final MockWebServer server = new MockWebServer();
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private BctrlClient client = BctrlClient.builder().apiKey("k").build();

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.getOrDefault(
                        request.getMethod() + " " + request.getTarget(),
                        new MockResponse.Builder().code(404).body("{}").build());
            }
        });
        server.start();
        client = BctrlClient.builder()
                .apiKey("k")
                .baseUrl(server.url("/").toString())
                .maxRetries(0)
                .build();
        put("GET /v1/spaces", "{\"spaces\":[" + space("s1") + "," + space("gone") + "," + space("s2") + "]}");
        put(
                "GET /v1/spaces/s1/runtimes",
                "{\"runtimes\":["
                        + runtime("a", "active", "mine", "2026-01-02T11:59:00Z") + ","
                        + runtime("b", "stopped", "mine", "2026-01-02T01:00:00Z") + ","
                        + runtime("c", "active", "yours", "2026-01-02T09:00:00Z") + "]}");
        put(
                "GET /v1/spaces/s2/runtimes",
                "{\"runtimes\":[" + runtime("d", "active", "mine", "2026-01-02T09:59:00Z") + "]}");
        put("POST /v1/spaces/s1/runtimes/a/stop", runtime("a", "stopped", "mine", "2026-01-02T11:59:00Z"));
        put("POST /v1/spaces/s1/runtimes/c/stop", runtime("c", "stopped", "yours", "2026-01-02T09:00:00Z"));
        put("POST /v1/spaces/s2/runtimes/d/stop", runtime("d", "stopped", "mine", "2026-01-02T09:59:00Z"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void put(String call, String body) {
        answers.put(call, new MockResponse.Builder().body(body).build());
    }

    private static String space(String id) {
        return "{\"id\":\"%s\",\"name\":\"n\",\"mounts\":{},\"createdAt\":\"t\",\"updatedAt\":\"t\"}".formatted(id);
    }

    private static String runtime(String id, String status, String run, String created) {
        return """
                {"id":"%s","spaceId":"s","name":"n","type":"browser","kind":"browser","status":"%s","region":"local",
                 "activeRunId":"r","capabilities":[],"connections":{},"metadata":{"bctrlRun":"%s"},
                 "createdAt":"%s","updatedAt":"%4$s"}""".formatted(id, status, run, created);
    }

    private Prune.Result result(Prune prune) {
        return prune.stop(client, () -> NOW);
    }

    @Test
    void stopsTheActiveBrowsersOfARunInAllSpaces() {
        assertThat(result(Prune.ofRun("mine"))).isEqualTo(new Prune.Result(List.of("a", "d"), List.of()));
        assertThat(result(Prune.ofRun("nobody")).stopped()).isEmpty();
    }

    @Test
    void stopsThoseThatAreOld() {
        assertThat(result(Prune.olderThan(Duration.ofHours(2))).stopped()).containsExactly("c", "d");
        assertThat(result(new Prune("mine", Duration.ofHours(2))).stopped()).containsExactly("d");
        assertThat(result(Prune.olderThan(Duration.ofHours(4))).stopped()).isEmpty();
    }

    @Test
    void stopsAll() {
        assertThat(result(Prune.all()).stopped()).containsExactly("a", "c", "d");
    }

    @Test
    void tellsWhatItCouldNotStopAndGoesOn() {
        answers.put(
                "POST /v1/spaces/s1/runtimes/a/stop",
                new MockResponse.Builder().code(500).body("{\"error\":\"no\"}").build());
        answers.remove("POST /v1/spaces/s1/runtimes/c/stop");
        Prune.Result result = result(Prune.all());
        assertThat(result.stopped()).containsExactly("d");
        assertThat(result.failed()).singleElement().asString().startsWith("a: ");
    }
}
