package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersApiTest {
    /** The shortest ttl, and what noticing and stopping may take on a busy machine. */
    private static final Duration GONE = Duration.ofSeconds(10 + 10);

    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private String runtimes = "";

    @BeforeEach
    void space() {
        runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String body(String owner) {
        return "{\"type\":\"browser\",\"metadata\":{\"bctrlOwner\":\"" + owner + "\"}}";
    }

    private String runtimeOf(String owner) {
        return runtimes + "/" + api.post(runtimes, body(owner)).expect(200).text("id");
    }

    private Reply heartbeat(String owner, int seconds) {
        return api.post("/v1/owners/" + owner + "/heartbeat", "{\"ttlSeconds\":" + seconds + "}");
    }

    private boolean isStopped(String runtime) {
        return api.get(runtime).expect(200).text("status").equals("stopped");
    }

    private String events(String runtime) {
        return api.get("/v1/runs/"
                        + api.get("/v1/runs?runtimeId=" + id(runtime))
                                .each("runs", "id")
                                .get(0) + "/events?type=runtime.stopped")
                .expect(200)
                .text();
    }

    private static String id(String runtime) {
        return runtime.substring(runtime.lastIndexOf('/') + 1);
    }

    @Test
    void tellsAnOwnerWhatItHasAndUntilWhen() {
        runtimeOf("me");
        runtimeOf("me");
        runtimeOf("you");
        Reply heard = heartbeat("me", 20).expect(200);
        assertThat(heard.text()).contains("\"ownerId\":\"me\"").contains("\"runtimes\":2");
        assertThat(heard.text("expiresAt")).isEqualTo("2026-01-02T03:04:25.678Z");
    }

    @Test
    void stopsWhatASilentOwnerHasAndNothingElse() {
        String mine = runtimeOf("me");
        String yours = runtimeOf("you");
        String nobodys = api.newRuntime();
        TestSocket socket = server.attach(api.newConnection(mine).expect(200));
        heartbeat("me", 10).expect(200);
        heartbeat("you", 60).expect(200);
        Poll.until("the runtime is stopped", GONE, () -> isStopped(mine));
        String reason = "its owner has not been heard of for 10 s";
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, reason));
        assertThat(events(mine)).contains("{\"reason\":\"" + reason + "\"}");
        assertThat(isStopped(yours)).isFalse();
        assertThat(isStopped(nobodys)).isFalse();
    }

    @Test
    void keepsWhatBelongsToAnOwnerThatIsHeardOf() {
        String mine = runtimeOf("me");
        String other = runtimeOf("other");
        heartbeat("other", 10).expect(200);
        // As long as the other one lives, and longer.
        Poll.until("the other one is gone", GONE, () -> {
            heartbeat("me", 10).expect(200);
            return isStopped(other);
        });
        assertThat(isStopped(mine)).isFalse();
    }

    @Test
    void stopsWhatIsLeftWhenAnOwnerLeaves() {
        heartbeat("me", 20).expect(200);
        String mine = runtimeOf("me");
        runtimeOf("you");
        Reply goodbye = api.delete("/v1/owners/me").expect(200);
        assertThat(goodbye.text()).isEqualTo("{\"ownerId\":\"me\",\"stopped\":1}");
        assertThat(isStopped(mine)).isTrue();
        assertThat(events(mine)).contains("its owner has left");
        assertThat(server.engine.browsers()).filteredOn(FakeBrowser::isClosed).hasSize(1);
        assertThat(api.delete("/v1/owners/me").expect(200).text()).contains("\"stopped\":0");
    }

    @Test
    void stopsWhatIsLaunchedForAnOwnerThatIsGone() {
        CountDownLatch launch = new CountDownLatch(1);
        server.engine.holdLaunches(launch);
        CompletableFuture<Reply> created = api.sendAsync("POST", runtimes, body("me"));
        heartbeat("me", 20).expect(200);
        api.delete("/v1/owners/me").expect(200);
        launch.countDown();
        String late = runtimes + "/" + created.join().expect(200).text("id");
        Poll.until("the late runtime is stopped", Duration.ofSeconds(10), () -> isStopped(late));
    }

    @Test
    void takesAnOwnerBackThatIsHeardOfAgain() {
        api.delete("/v1/owners/me").expect(200);
        heartbeat("me", 10).expect(200);
        String mine = runtimeOf("me");
        String other = runtimeOf("other");
        api.delete("/v1/owners/other").expect(200);
        Poll.until("the other one is stopped", Duration.ofSeconds(10), () -> isStopped(other));
        assertThat(isStopped(mine)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 9, 3601})
    void refusesATimeThatDoesNotFit(int seconds) {
        heartbeat("me", seconds).expectError(400, "request.invalid").expectField("ttlSeconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "a%2Fb", "%C3%A4", "a%0Ab"})
    void refusesANameThatDoesNotFit(String owner) {
        heartbeat(owner, 20).expectError(400, "request.invalid").expectField("ownerId");
        api.delete("/v1/owners/" + owner).expectError(400, "request.invalid");
    }

    @Test
    void refusesANameThatIsTooLong() {
        heartbeat("x".repeat(129), 20).expectError(400, "request.invalid");
        heartbeat("x".repeat(128), 20).expect(200);
    }

    @Test
    void lendsNoOwnerToAKeyThatMayOnlyRead() {
        try (TestServer guarded = TestServer.start(options -> options.readOnlyApiKey("reader"))) {
            guarded.api
                    .withKey("reader")
                    .post("/v1/owners/me/heartbeat", "{\"ttlSeconds\":20}")
                    .expectError(403, "auth.forbidden");
        }
    }
}
