package ai.bctrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.AuthenticationException;
import ai.bctrl.error.BadRequestException;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.ConflictException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.error.PermissionException;
import ai.bctrl.error.QuotaException;
import ai.bctrl.error.RateLimitException;
import ai.bctrl.error.ServerException;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RuntimeType;
import ai.bctrl.model.WaitForEventRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BctrlClientTest {
    private static final String KEY = "bctrl_secret_key_0815";
    private static final String SPACE = """
            {"id":"s1","name":"n","mounts":{},"createdAt":"2026-11-22T03:00:00Z","updatedAt":"2026-11-22T03:00:00Z"}""";

    private final MockWebServer server = new MockWebServer();
    private final RecordingSleeper sleeper = new RecordingSleeper();
    private BctrlClient client = BctrlClient.builder().apiKey(KEY).build();

    @BeforeEach
    void start() throws Exception {
        server.start();
        client = client(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private BctrlClient client(Duration requestTimeout) {
        return BctrlClient.builder()
                .apiKey(KEY)
                .baseUrl(server.url("/").toString())
                .requestTimeout(requestTimeout)
                .time(sleeper, InstantSource.fixed(Instant.parse("2026-11-22T03:00:00Z")))
                .build();
    }

    private void answer(int status, String body, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request arrived");
        }
        return request;
    }

    @Test
    void sendsKeyAndNameOfTheClient() throws Exception {
        answer(200, "{\"spaces\":[" + SPACE + "]}");

        assertThat(client.spaces().list())
                .singleElement()
                .satisfies(space -> assertThat(space.id()).isEqualTo("s1"));

        RecordedRequest request = request();
        assertThat(request.getMethod() + " " + request.getTarget()).isEqualTo("GET /v1/spaces");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.getHeaders().get("User-Agent")).matches("bctrl-java/\\d.*");
        assertThat(request.getHeaders().get("Idempotency-Key")).isNull();
    }

    @Test
    void sendsJsonWithoutACharset() throws Exception {
        answer(200, SPACE);

        client.spaces().create(CreateSpaceRequest.named("päckchen"));

        RecordedRequest request = request();
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getBody().utf8()).isEqualTo("{\"name\":\"päckchen\"}");
    }

    @Test
    void allTriesOfACreationCarryTheSameKey() throws Exception {
        answer(503, "{}");
        answer(200, SPACE);

        client.spaces().create(CreateSpaceRequest.named("n"));

        String first = request().getHeaders().get("Idempotency-Key");
        assertThat(first).isNotBlank();
        assertThat(request().getHeaders().get("Idempotency-Key")).isEqualTo(first);
        assertThat(sleeper.slept).hasSize(1);
    }

    @Test
    void twoCreationsHaveDifferentKeys() throws Exception {
        answer(200, SPACE);
        answer(200, SPACE);

        client.spaces().create(CreateSpaceRequest.named("n"));
        client.spaces().create(CreateSpaceRequest.named("n"));

        assertThat(request().getHeaders().get("Idempotency-Key"))
                .isNotEqualTo(request().getHeaders().get("Idempotency-Key"));
    }

    @Test
    void doesNotRepeatAChangeWithoutAKey() {
        answer(503, "{}");

        assertThatThrownBy(() -> client.spaces()
                        .update(
                                "s1",
                                ai.bctrl.model.UpdateSpaceRequest.builder().build()))
                .isInstanceOf(ServerException.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void givesUpAfterTheLastTry() {
        answer(500, "{}");
        answer(502, "{}");
        answer(503, "{\"error\":\"still down\",\"code\":\"service.down\",\"requestId\":\"req_3\"}");

        assertThatThrownBy(() -> client.spaces().list())
                .isInstanceOf(ServerException.class)
                .hasMessage("still down [503 service.down, GET /v1/spaces, request req_3]");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        answer(429, "{}", "Retry-After", "3");
        answer(200, "{\"spaces\":[]}");

        client.spaces().list();

        assertThat(sleeper.slept).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void doesNotWaitLongerThanItsDeadline() {
        answer(429, "{}", "Retry-After", "29");

        assertThatThrownBy(() -> client.spaces().list())
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        limit -> assertThat(limit.retryAfter()).isEqualTo(Duration.ofSeconds(29)));
        assertThat(sleeper.slept).isEmpty();
    }

    @Test
    void repeatsAfterABrokenConnection() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        answer(200, "{\"spaces\":[]}");

        assertThat(client.spaces().list()).isEmpty();
    }

    @Test
    void saysWhereItCouldNotConnect() {
        BctrlClient nowhere = BctrlClient.builder()
                .apiKey(KEY)
                .baseUrl("http://127.0.0.1:1")
                .time(sleeper, InstantSource.system())
                .build();

        assertThatThrownBy(() -> nowhere.spaces().list())
                .isInstanceOf(BctrlConnectionException.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining("GET /v1/spaces")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void endsAtItsDeadline() {
        server.enqueue(new MockResponse.Builder()
                .headersDelay(1, TimeUnit.MINUTES)
                .body("{}")
                .build());
        try (BctrlClient hurried = client(Duration.ofMillis(200))) {
            assertThatThrownBy(() -> hurried.spaces().list())
                    .isInstanceOf(BctrlTimeoutException.class)
                    .hasMessageContaining("200 ms")
                    .hasMessageContaining("GET /v1/spaces");
        }
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> client.spaces().list()).isInstanceOf(BctrlInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(server.getRequestCount()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "402", "403", "404", "409", "410", "413", "415", "422", "429", "500", "503", "418"})
    void everyStatusHasItsException(int status) {
        Map<Integer, Class<? extends BctrlApiException>> kinds = Map.ofEntries(
                Map.entry(400, BadRequestException.class),
                Map.entry(401, AuthenticationException.class),
                Map.entry(402, QuotaException.class),
                Map.entry(403, PermissionException.class),
                Map.entry(404, NotFoundException.class),
                Map.entry(409, ConflictException.class),
                Map.entry(410, NotFoundException.class),
                Map.entry(413, BadRequestException.class),
                Map.entry(415, BadRequestException.class),
                Map.entry(422, BadRequestException.class),
                Map.entry(429, RateLimitException.class),
                Map.entry(500, ServerException.class),
                Map.entry(503, ServerException.class),
                Map.entry(418, BctrlApiException.class));
        answer(
                status,
                "{\"error\":\"no\",\"code\":\"a.b\",\"requestId\":\"req_1\",\"details\":{\"field\":\"name\",\"max\":3}}");

        assertThatThrownBy(() -> client.spaces().list(RequestOptions.none().withMaxRetries(0)))
                .isExactlyInstanceOf(kinds.get(status))
                .isInstanceOfSatisfying(BctrlApiException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(status);
                    assertThat(refused.code()).isEqualTo("a.b");
                    assertThat(refused.requestId()).isEqualTo("req_1");
                    assertThat(refused.details()).containsEntry("field", "name");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>bad gateway</html>", "[]", "{\"error\":{\"a\":1}}", "null"})
    void aStrangeErrorBodyNeverHidesTheStatus(String body) {
        answer(404, body, "x-request-id", "req_h");

        assertThatThrownBy(() -> client.spaces().get("s1")).isInstanceOfSatisfying(NotFoundException.class, refused -> {
            assertThat(refused.code()).isEqualTo("http.404");
            assertThat(refused.requestId()).isEqualTo("req_h");
        });
    }

    @Test
    void aStrangeAnswerIsNamedByRouteAndPlace() {
        answer(200, "{\"spaces\":[{\"id\":7}]}");

        assertThatThrownBy(() -> client.spaces().list())
                .isInstanceOf(BctrlDecodingException.class)
                .hasMessageContaining("spaces[0].id: must be a string")
                .hasMessageContaining("GET /v1/spaces");
    }

    @Test
    void aRedirectIsNotFollowedWithTheKey() {
        answer(302, "", "Location", "http://127.0.0.1:1/");

        assertThatThrownBy(() -> client.spaces().list())
                .isInstanceOfSatisfying(
                        BctrlApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(302));
    }

    @Test
    void pagesAreFetchedOnlyWhenTheyAreNeeded() throws Exception {
        answer(200, "{\"events\":[" + event("a") + "," + event("b") + "],\"nextCursor\":\"c 2\"}");
        answer(200, "{\"events\":[" + event("c") + "],\"nextCursor\":null}");
        EventQuery query = EventQuery.builder().type(List.of("x", "y")).limit(2).build();

        Page<RunEvent> first = client.runs().events("r1", query);

        assertThat(first.hasNext()).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(first.stream().map(RunEvent::type)).containsExactly("a", "b", "c");
        assertThat(request().getTarget()).isEqualTo("/v1/runs/r1/events?type=x&type=y&limit=2");
        assertThat(request().getTarget()).isEqualTo("/v1/runs/r1/events?type=x&type=y&cursor=c%202&limit=2");
    }

    private static String event(String type) {
        return "{\"type\":\"" + type + "\",\"time\":\"2026-11-22T03:00:00Z\",\"source\":\"browser\"}";
    }

    @Test
    void awaitingAnEventAsksAgainUntilItComes() {
        answer(200, "{\"event\":null,\"timedOut\":true}");
        answer(200, "{\"event\":" + event("page.load") + ",\"timedOut\":false}");

        RunEvent event = client.runs()
                .awaitEvent("r1", WaitForEventRequest.builder().timeoutMs(1).build(), Duration.ofSeconds(30));

        assertThat(event.type()).isEqualTo("page.load");
    }

    @Test
    void awaitingAnEventEnds() {
        answer(200, "{\"event\":null,\"timedOut\":true}");

        assertThatThrownBy(() -> client.runs()
                        .awaitEvent("r1", WaitForEventRequest.builder().build(), Duration.ZERO))
                .isInstanceOf(BctrlTimeoutException.class)
                .hasMessageContaining("run r1");
    }

    @Test
    void theKeyGoesOnlyToTheServiceItself() throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(new MockResponse.Builder().body("foreign").build());
            answer(200, "own");

            assertThat(content(elsewhere.url("/a").toString())).isEqualTo("foreign");
            assertThat(content("/files/a")).isEqualTo("own");

            RecordedRequest foreign = elsewhere.takeRequest(10, TimeUnit.SECONDS);
            assertThat(foreign).isNotNull();
            assertThat(foreign.getHeaders().get("Authorization")).isNull();
            assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        }
    }

    private String content(String url) throws Exception {
        RunArtifact artifact = new RunArtifact(
                "a", "r", "rt", RuntimeType.BROWSER, "download", "a.txt", "f", "a.txt", "text/plain", 3L, "t", url);
        try (InputStream content = client.artifacts().open(artifact)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak", "ünïcode"})
    void refusesAKeyThatCannotBeSentWithoutShowingIt(String key) {
        assertThatThrownBy(() -> BctrlClient.builder().apiKey(key).build())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("apiKey")
                .hasMessageNotContaining("words")
                .hasMessageNotContaining("code\n");
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(client.toString()).doesNotContain(KEY);
    }

    @Test
    void takesItsSettingsFromTheEnvironment() {
        Map<String, String> environment =
                Map.of("BCTRL_API_KEY", KEY, "BCTRL_API_BASE_URL", "http://localhost:8787/v1/");

        assertThat(BctrlClient.fromEnv(environment::get).origin()).isEqualTo("http://localhost:8787");
        assertThatThrownBy(() -> BctrlClient.fromEnv(name -> null))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("BCTRL_API_KEY");
    }
}
