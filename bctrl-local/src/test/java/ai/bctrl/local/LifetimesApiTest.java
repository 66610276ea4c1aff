package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifetimesApiTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private static boolean isStopped(TestServer server, String runtime) {
        // The list is no call for one runtime.
        return server.api
                .get(runtime.substring(0, runtime.lastIndexOf('/')))
                .text()
                .contains("\"status\":\"stopped\"");
    }

    private static String run(TestServer server) {
        return server.api.get("/v1/runs").expect(200).each("runs", "id").get(0);
    }

    private static String end(TestServer server) {
        return server.api
                .get("/v1/runs/" + run(server) + "/events?type=runtime.stopped")
                .text();
    }

    private static void keepUsing(String what, Duration time, Runnable use) {
        long end = System.nanoTime() + time.toNanos();
        Poll.until(what, time.plusSeconds(5), () -> {
            use.run();
            return System.nanoTime() > end;
        });
    }

    @Test
    void stopsARuntimeThatNobodyUses() {
        try (TestServer server = TestServer.start(options -> options.idleTimeout(Duration.ofSeconds(1)))) {
            String runtime = server.api.newRuntime();
            Poll.until("it is stopped", SOON, () -> isStopped(server, runtime));
            assertThat(end(server)).contains("stopped because it was idle for 1 s (idleTimeout)");
            Poll.until("its browser is gone", SOON, () -> server.engine.last().isClosed());
        }
    }

    @Test
    void keepsARuntimeToWhichAControllerIsAttachedAndCountsFromItsLeaving() {
        try (TestServer server = TestServer.start(options -> options.idleTimeout(Duration.ofSeconds(1)))) {
            String runtime = server.api.newRuntime();
            TestSocket socket = server.attach(server.api.newConnection(runtime).expect(200));
            keepUsing(
                    "time passes",
                    Duration.ofMillis(2500),
                    () -> assertThat(isStopped(server, runtime)).isFalse());
            socket.close();
            Poll.until("it is stopped", SOON, () -> isStopped(server, runtime));
        }
    }

    @Test
    void keepsARuntimeThatTheApiIsCalledFor() {
        try (TestServer server = TestServer.start(options -> options.idleTimeout(Duration.ofSeconds(2)))) {
            String runtime = server.api.newRuntime();
            keepUsing(
                    "calls for the runtime",
                    Duration.ofSeconds(3),
                    () -> server.api.get(runtime).expect(200));
            assertThat(isStopped(server, runtime)).isFalse();
            String run = run(server);
            keepUsing(
                    "calls for the run",
                    Duration.ofSeconds(3),
                    () -> server.api.get("/v1/runs/" + run).expect(200));
            assertThat(isStopped(server, runtime)).isFalse();
        }
    }

    @Test
    void keepsARuntimeThatIsHeldForPeople() {
        try (TestServer server = TestServer.start(options -> options.idleTimeout(Duration.ofMillis(500)))) {
            String runtime = server.api.newRuntime();
            server.api
                    .post("/v1/runs/" + run(server) + "/hold", "{\"seconds\":60}")
                    .expect(200);
            keepUsing(
                    "time passes",
                    Duration.ofSeconds(2),
                    () -> assertThat(isStopped(server, runtime)).isFalse());
        }
    }

    @Test
    void stopsARuntimeThatHasLivedLongEnoughAlsoWhereItIsUsed() {
        try (TestServer server = TestServer.start(options -> options.maxLifetime(Duration.ofSeconds(1)))) {
            String runtime = server.api.newRuntime();
            TestSocket socket = server.attach(server.api.newConnection(runtime).expect(200));
            String reason = "stopped because it had lived for 1 s (maxLifetime)";
            assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(4004, reason));
            assertThat(end(server)).contains(reason);
            assertThat(isStopped(server, runtime)).isTrue();
        }
    }
}
