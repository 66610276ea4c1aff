package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyApiTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private final String runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";

    @AfterEach
    void close() {
        server.close();
    }

    private Reply create(String key, String body) {
        return api.send("POST", "/v1/spaces", body, "Idempotency-Key", key);
    }

    @Test
    void answersTheSameRequestWithTheSameSpace() {
        Reply first = create("k1", "{\"name\":\"a\"}").expect(200);
        assertThat(create("k1", "{\"name\":\"a\"}").expect(200).text()).isEqualTo(first.text());
        assertThat(create("k2", "{\"name\":\"a\"}").expect(200).text("id")).isNotEqualTo(first.text("id"));
        assertThat(api.get("/v1/spaces").array("spaces")).hasSize(3);
    }

    @Test
    void refusesAKeyThatNamedAnotherRequest() {
        create("k", "{\"name\":\"a\"}").expect(200);
        create("k", "{\"name\":\"b\"}").expectError(409, "idempotency.key_reused");
        api.send("POST", runtimes, "{\"type\":\"browser\"}", "Idempotency-Key", "k")
                .expectError(409, "idempotency.key_reused");
        create("k".repeat(256), "{\"name\":\"a\"}").expectError(400, "request.invalid");
    }

    @Test
    void forgetsAfterTenMinutes() {
        Reply first = create("k", "{\"name\":\"a\"}").expect(200);
        server.clock.advance(Duration.ofMinutes(10).plusMillis(1));
        assertThat(create("k", "{\"name\":\"b\"}").expect(200).text("id")).isNotEqualTo(first.text("id"));
    }

    @Test
    void keepsNoFailures() {
        create("k", "{\"name\":\"\"}").expectError(400, "request.invalid");
        create("k", "{\"name\":\"a\"}").expect(200);
        server.engine.failWith("broken");
        api.send("POST", runtimes, "{\"type\":\"browser\"}", "Idempotency-Key", "r")
                .expect(503);
        server.engine.failWith(null);
        api.send("POST", runtimes, "{\"type\":\"browser\"}", "Idempotency-Key", "r")
                .expect(200);
    }

    @Test
    void launchesOneBrowserForRequestsAtTheSameTime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.engine.holdLaunches(release);
        List<CompletableFuture<Reply>> all = IntStream.range(0, 8)
                .mapToObj(i -> api.sendAsync("POST", runtimes, "{\"type\":\"browser\"}", "Idempotency-Key", "one"))
                .toList();
        release.countDown();
        String first = all.get(0).get(20, TimeUnit.SECONDS).expect(200).text();
        for (CompletableFuture<Reply> reply : all) {
            assertThat(reply.get(20, TimeUnit.SECONDS).expect(200).text()).isEqualTo(first);
        }
        assertThat(server.engine.browsers()).hasSize(1);
    }

    @Test
    void showsTheSameAddressAgain() {
        String runtime = api.newRuntime();
        Reply first = api.send("POST", runtime + "/connections", "{\"protocol\":\"cdp\"}", "Idempotency-Key", "c")
                .expect(200);
        Reply again = api.send("POST", runtime + "/connections", "{\"protocol\":\"cdp\"}", "Idempotency-Key", "c")
                .expect(200);
        assertThat(TestServer.url(again)).isEqualTo(TestServer.url(first));
    }
}
