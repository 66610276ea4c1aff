package ai.bctrl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.ConflictException;
import ai.bctrl.model.RuntimeConfig;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiRuntimeProviderTest {
    private static final String RUNTIMES = "/v1/spaces/s1/runtimes";

    private final MockWebServer server = new MockWebServer();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private volatile String lastTag = "";
    private BctrlClient client = BctrlClient.builder().apiKey("k").build();

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String call = request.getMethod() + " " + request.getTarget();
                seen.add(call);
                if (call.equals("POST " + RUNTIMES)) {
                    lastTag = JsonParser.parseString(request.getBody().utf8())
                            .getAsJsonObject()
                            .getAsJsonObject("metadata")
                            .get(ApiRuntimeProvider.ACQUIRE_TAG)
                            .getAsString();
                }
                if (call.equals("GET " + RUNTIMES)) {
                    return body("{\"runtimes\":[" + runtime("r0", "other") + "," + runtime("r7", lastTag) + "]}");
                }
                return answers.getOrDefault(
                        call, new MockResponse.Builder().code(404).body("{}").build());
            }
        });
        server.start();
        client = BctrlClient.builder()
                .apiKey("k")
                .baseUrl(server.url("/").toString())
                .maxRetries(0)
                .build();
        answers.put("GET /v1/auth/whoami", body("""
                {"defaultSpaceId":"s1","email":null,"keyId":"k","organizationId":"o","plan":"free","scope":"organization",
                 "subaccountId":null}"""));
        answers.put("POST " + RUNTIMES, body(runtime("r1", "x")));
        answers.put("POST " + RUNTIMES + "/r1/connections", body("""
                {"id":"c1","runtimeId":"r1","runId":"run1","protocol":"cdp","status":"active","createdAt":"t",
                 "expiresAt":null,"revokedAt":null,"closedAt":null,"endpoint":{"url":"ws://127.0.0.1/x?signature=top"}}"""));
        answers.put("POST " + RUNTIMES + "/r1/stop", body(runtime("r1", "x")));
        answers.put("POST " + RUNTIMES + "/r7/stop", body(runtime("r7", "x")));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static MockResponse body(String json) {
        return new MockResponse.Builder().body(json).build();
    }

    private static String runtime(String id, String tag) {
        return """
                {"id":"%s","spaceId":"s1","name":"n","type":"browser","kind":"browser","status":"active","region":"local",
                 "activeRunId":"run1","capabilities":[],"connections":{},"metadata":{"bctrlAcquireId":"%s"},
                 "createdAt":"t","updatedAt":"t"}""".formatted(id, tag);
    }

    @Test
    void acquiresInTheDefaultSpaceOfTheKey() {
        RuntimeLease lease = ApiRuntimeProvider.of(client).acquire(RuntimeSpec.defaults());

        assertThat(lease.runtimeId()).isEqualTo("r1");
        assertThat(lease.runId()).isEqualTo("run1");
        assertThat(lease.cdpUrl()).isEqualTo("ws://127.0.0.1/x?signature=top");
        assertThat(lease.phases().phases())
                .extracting(PhaseTimes.Phase::name)
                .containsExactly("space", "create", "connection");
        assertThat(lease.toString()).doesNotContain("signature");
    }

    @Test
    void asksForTheSpaceOnlyOnce() {
        ApiRuntimeProvider provider = ApiRuntimeProvider.of(client);

        provider.acquire(RuntimeSpec.defaults());
        provider.acquire(RuntimeSpec.defaults());

        assertThat(seen).filteredOn("GET /v1/auth/whoami"::equals).hasSize(1);
    }

    @Test
    void makesASpaceOfItsOwnWhereTheKeyHasNone() {
        answers.remove("GET /v1/auth/whoami");
        answers.put("GET /v1/spaces", body("{\"spaces\":[]}"));
        answers.put(
                "POST /v1/spaces",
                body("{\"id\":\"s1\",\"name\":\"bctrl-java\",\"mounts\":{},\"createdAt\":\"t\",\"updatedAt\":\"t\"}"));

        assertThat(ApiRuntimeProvider.of(client).acquire(RuntimeSpec.defaults()).runtimeId())
                .isEqualTo("r1");
    }

    @Test
    void stopsTheRuntimeWhenNoConnectionCanBeHad() {
        answers.put(
                "POST " + RUNTIMES + "/r1/connections",
                new MockResponse.Builder()
                        .code(409)
                        .body("{\"error\":\"busy\",\"code\":\"runtime.controller_busy\"}")
                        .build());

        assertThatThrownBy(() -> ApiRuntimeProvider.inSpace(client, "s1").acquire(RuntimeSpec.defaults()))
                .isInstanceOf(ConflictException.class);
        assertThat(seen).endsWith("POST " + RUNTIMES + "/r1/stop");
    }

    @Test
    void aFailingCleanUpDoesNotHideTheFailure() {
        answers.remove("POST " + RUNTIMES + "/r1/connections");
        answers.put(
                "POST " + RUNTIMES + "/r1/stop",
                new MockResponse.Builder().code(500).body("{}").build());

        assertThatThrownBy(() -> ApiRuntimeProvider.inSpace(client, "s1").acquire(RuntimeSpec.defaults()))
                .isInstanceOf(BctrlException.class)
                .hasMessageContaining("/connections")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void stopsARuntimeWhoseCreationWasNotAnswered() {
        answers.put(
                "POST " + RUNTIMES,
                new MockResponse.Builder()
                        .headersDelay(1, TimeUnit.MINUTES)
                        .body("{}")
                        .build());
        RuntimeSpec hurried =
                RuntimeSpec.builder().acquireTimeout(Duration.ofMillis(300)).build();

        assertThatThrownBy(() -> ApiRuntimeProvider.inSpace(client, "s1").acquire(hurried))
                .isInstanceOf(BctrlTimeoutException.class);
        assertThat(seen).endsWith("GET " + RUNTIMES, "POST " + RUNTIMES + "/r7/stop");
        assertThat(seen).doesNotContain("POST " + RUNTIMES + "/r0/stop");
    }

    @Test
    void closingStopsTheRuntimeOnce() {
        RuntimeLease lease = ApiRuntimeProvider.inSpace(client, "s1")
                .acquire(RuntimeSpec.builder()
                        .config(RuntimeConfig.builder().build())
                        .build());

        lease.close();
        lease.close();

        assertThat(seen).filteredOn(("POST " + RUNTIMES + "/r1/stop")::equals).hasSize(1);
    }

    @Test
    void anInterruptedThreadStillGivesItsBrowserBack() {
        RuntimeLease lease = ApiRuntimeProvider.inSpace(client, "s1").acquire(RuntimeSpec.defaults());
        Thread.currentThread().interrupt();
        try {
            lease.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(seen).endsWith("POST " + RUNTIMES + "/r1/stop");
    }

    @Test
    void saysWhyABrowserCannotBeUsedAnyMore() {
        RuntimeLease lease = ApiRuntimeProvider.inSpace(client, "s1").acquire(RuntimeSpec.defaults());
        answers.put("GET " + RUNTIMES + "/r1", body(runtime("r1", "x").replace("\"active\"", "\"failed\"")));
        answers.put(
                "GET /v1/runs/run1/events?type=runtime.failed&type=runtime.stopped&order=desc&limit=1",
                body("{\"events\":[{\"type\":\"runtime.failed\",\"time\":\"t\",\"source\":\"s\","
                        + "\"data\":{\"reason\":\"killed by SIGKILL\"}}]}"));

        assertThat(lease.ending()).isEqualTo(new RuntimeEnding(RuntimeEnding.Cause.CRASHED, "killed by SIGKILL"));

        server.close();
        RuntimeEnding lost = lease.ending();
        assertThat(lost).isNotNull();
        assertThat(lost.cause()).isEqualTo(RuntimeEnding.Cause.LOST);
    }
}
