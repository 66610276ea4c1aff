package ai.bctrl.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlConfigurationException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private final MockWebServer server = new MockWebServer();
    private BctrlClient client = BctrlClient.builder().apiKey("k").build();

    @BeforeEach
    void start() throws Exception {
        server.start();
        client = BctrlClient.builder()
                .apiKey("k")
                .baseUrl(server.url("/").toString())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private RecordedRequest next(int seconds) throws InterruptedException {
        return requireNonNull(server.takeRequest(seconds, TimeUnit.SECONDS), "there was no request");
    }

    private static String line(RecordedRequest request) {
        return request.getMethod() + " " + request.getTarget();
    }

    private static boolean beats() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("bctrl-heartbeat"));
    }

    @Test
    void saysAtOnceAndThenEveryFiveSecondsThatItIsThere() throws InterruptedException {
        answer(200, "{\"ownerId\":\"x\",\"runtimes\":0,\"expiresAt\":\"2026-01-02T03:04:05Z\"}");
        answer(500, "{}");
        answer(200, "{\"ownerId\":\"x\",\"stopped\":2}");
        Ownership ownership = Ownership.begin(client, Ownership.TTL);
        RecordedRequest first = next(5);
        assertThat(line(first)).isEqualTo("POST /v1/owners/" + ownership.ownerId() + "/heartbeat");
        assertThat(requireNonNull(first.getBody()).utf8()).isEqualTo("{\"ttlSeconds\":20}");
        long begin = System.nanoTime();
        assertThat(line(next(15))).startsWith("POST /v1/owners/");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));

        assertThat(ownership.leave()).isEqualTo(2);
        assertThat(line(next(5))).isEqualTo("DELETE /v1/owners/" + ownership.ownerId());
        assertThat(ownership.leave()).isNull();
    }

    @Test
    void asksAServiceWithoutOwnersOnlyOnce() throws InterruptedException {
        answer(404, "{}");
        try (Ownership ownership = Ownership.begin(client, Ownership.TTL)) {
            assertThat(line(next(5))).contains(ownership.ownerId());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (beats() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertThat(beats()).isFalse();
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void refusesATimeThatDoesNotFit() {
        assertThatThrownBy(() -> Ownership.begin(client, Duration.ofSeconds(9)))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("between 10 s and 1 h");
        assertThatThrownBy(() -> Ownership.begin(client, Duration.ofHours(2)))
                .isInstanceOf(BctrlConfigurationException.class);
    }
}
