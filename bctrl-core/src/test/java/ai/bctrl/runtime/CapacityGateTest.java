package ai.bctrl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.CapacityException;
import ai.bctrl.error.RateLimitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CapacityGateTest {
    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<RecordedRequest> creations = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("ai.bctrl.capacity");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private volatile String code = "capacity.waiting";
    private volatile String retryAfter = "1";
    private volatile String queuedMs = "";
    private BctrlClient client = BctrlClient.builder().apiKey("k").build();

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getTarget().endsWith("/connections")) {
                    return body("""
                            {"id":"c1","runtimeId":"r1","runId":"run1","protocol":"cdp","status":"active","createdAt":"t",
                             "expiresAt":null,"revokedAt":null,"closedAt":null,"endpoint":{"url":"ws://127.0.0.1/x"}}""");
                }
                creations.add(request);
                if (refusals.getAndDecrement() > 0) {
                    // As a service that holds the request for a while.
                    TimeUnit.MILLISECONDS.sleep(100);
                    return new MockResponse.Builder()
                            .code(429)
                            .addHeader("Retry-After", retryAfter)
                            .body("{\"error\":\"All 8 places are taken\",\"code\":\"" + code
                                    + "\",\"details\":{\"position\":3,"
                                    + "\"waiting\":12,\"active\":8,\"maxRuntimes\":8,\"reason\":\"places\"}}")
                            .build();
                }
                return body("""
                        {"id":"r1","spaceId":"s1","name":"n","type":"browser","kind":"browser","status":"active",
                         "region":"local","activeRunId":"run1","capabilities":[],"connections":{},"createdAt":"t",
                         "updatedAt":"t"%s}""".formatted(queuedMs));
            }
        });
        server.start();
        client = BctrlClient.builder()
                .apiKey("k")
                .baseUrl(server.url("/").toString())
                .build();
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        client.close();
        server.close();
    }

    private static MockResponse body(String json) {
        return new MockResponse.Builder().body(json).build();
    }

    private RuntimeLease acquire(RuntimeSpec.Builder spec) {
        return ApiRuntimeProvider.inSpace(client, "s1").acquire(spec.build());
    }

    @Test
    void staysInLineWithTheSameKeyAndSaysForWhatItWaits() {
        refusals.set(3);
        queuedMs = ",\"queuedMs\":50";
        RuntimeLease lease = acquire(RuntimeSpec.builder());

        assertThat(creations)
                .hasSize(4)
                .extracting(request -> request.getHeaders().get("Idempotency-Key"))
                .containsOnly(creations.get(0).getHeaders().get("Idempotency-Key"))
                .doesNotContainNull();
        assertThat(creations)
                .extracting(request -> request.getHeaders().get("Prefer"))
                .containsExactly("wait=2", "wait=10", "wait=10", "wait=10");
        assertThat(lease.phases().phases())
                .extracting(PhaseTimes.Phase::name)
                .containsExactly("space", "queue", "create", "connection");
        assertThat(lease.phases().phases().get(1).duration()).isGreaterThan(Duration.ofMillis(340));
        assertThat(lines)
                .containsExactly("waiting for a browser: number 3 of 12 in line, 8 of 8 places taken (places)");
    }

    @Test
    void waitingInLineIsNoPartOfTheAcquireTimeout() {
        refusals.set(12);
        RuntimeLease lease = acquire(RuntimeSpec.builder().acquireTimeout(Duration.ofSeconds(1)));
        assertThat(lease.runtimeId()).isEqualTo("r1");
    }

    @Test
    void givesUpAfterTheQueueTimeoutAndNamesIt() {
        refusals.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> acquire(RuntimeSpec.builder().queueTimeout(Duration.ofMillis(700))))
                .isInstanceOfSatisfying(CapacityException.class, gaveUp -> {
                    assertThat(gaveUp.position()).isEqualTo(3);
                    assertThat(gaveUp.waiting()).isEqualTo(12);
                    assertThat(gaveUp.active()).isEqualTo(8);
                    assertThat(gaveUp.maxRuntimes()).isEqualTo(8);
                    assertThat(gaveUp.reason()).isEqualTo("places");
                })
                .hasMessageContaining("queueTimeout = 700 ms")
                .hasMessageContaining("All 8 places are taken");
    }

    @Test
    void doesNotWaitAtAllWhereThatIsNotWanted() {
        refusals.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> acquire(RuntimeSpec.builder().queueTimeout(Duration.ZERO)))
                .isInstanceOf(CapacityException.class);
        assertThat(creations).hasSize(1);
    }

    @Test
    void comesAgainWhenTheLineWasFull() {
        code = "capacity.queue_full";
        refusals.set(2);
        long start = System.nanoTime();
        acquire(RuntimeSpec.builder());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(creations).hasSize(3);
    }

    @Test
    void honoursRetryAfterOfOtherRefusalsAsBefore() {
        code = "rate.limited";
        retryAfter = "0";
        refusals.set(2);
        assertThat(acquire(RuntimeSpec.builder()).phases().phases())
                .extracting(PhaseTimes.Phase::name)
                .containsExactly("space", "create", "connection");
        refusals.set(3);
        assertThatThrownBy(() -> acquire(RuntimeSpec.builder()))
                .isInstanceOf(RateLimitException.class)
                .isNotInstanceOf(CapacityException.class);
    }

    @Test
    void lowersItsOwnParallelismWhileOneStandsInLine() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        ApiRuntimeProvider provider = ApiRuntimeProvider.inSpace(client, "s1");
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<RuntimeLease>> all = new ArrayList<>();
            all.add(threads.submit(() -> provider.acquire(RuntimeSpec.defaults())));
            until(() -> creations.size() >= 2);
            for (int i = 0; i < 9; i++) {
                all.add(threads.submit(() -> provider.acquire(RuntimeSpec.defaults())));
            }
            int seen = creations.size();
            until(() -> creations.size() >= seen + 5);
            assertThat(creations)
                    .extracting(request -> request.getHeaders().get("Idempotency-Key"))
                    .containsOnly(creations.get(0).getHeaders().get("Idempotency-Key"));
            refusals.set(0);
            for (Future<RuntimeLease> each : all) {
                assertThat(each.get(20, TimeUnit.SECONDS).runtimeId()).isEqualTo("r1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
