package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapacityApiTest {
    private static final String BROWSER = "{\"type\":\"browser\"}";

    private final TestServer server =
            TestServer.start(options -> options.maxRuntimes(1).maxWaiting(2).queueTimeout(Duration.ofSeconds(30)));
    private final Api api = server.api;
    private final String runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";

    @AfterEach
    void close() {
        server.close();
    }

    private Reply create(String key, int wait) {
        return api.send("POST", runtimes, BROWSER, "Idempotency-Key", key, "Prefer", "wait=" + wait);
    }

    private CompletableFuture<Reply> createLater(String key, int wait) {
        return api.sendAsync(
                "POST", runtimes, BROWSER, "Idempotency-Key", key, "Prefer", "respond-async, wait=" + wait);
    }

    /** Asks without standing in line, where the one who asks could be in the way of others. */
    private void waiting(int number) {
        String told = "\"" + number + " requests wait for a browser";
        Poll.until(
                number + " in line",
                Duration.ofSeconds(10),
                () -> api.get("/health").text().contains(told));
    }

    /** Sends a request as it is; the caller closes the socket. */
    private Socket raw(String request) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(server.local.baseUrl()).getPort());
        socket.setSoTimeout(20_000);
        send(socket, request);
        return socket;
    }

    private void send(Socket socket, String request) throws IOException {
        String[] parts = request.split("\n", 2);
        socket.getOutputStream()
                .write((parts[0] + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\nAuthorization: Bearer "
                                + server.local.apiKey()
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + parts[1].length()
                                + "\r\n\r\n" + parts[1])
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void stop(Reply runtime) {
        api.send("POST", runtimes + "/" + runtime.text("id") + "/stop", null).expect(200);
    }

    @Test
    void tellsWhereOneStandsAndGivesThePlaceToTheSameKey() throws Exception {
        Reply first = create("a", 0).expect(200);
        assertThat(first.json().has("queuedMs")).isFalse();
        Reply told = create("b", 0).expectError(429, "capacity.waiting");
        assertThat(told.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(told.object("details").toString())
                .contains(
                        "\"position\":1",
                        "\"waiting\":1",
                        "\"active\":1",
                        "\"maxRuntimes\":1",
                        "\"reason\":\"places\"");
        assertThat(told.text("error")).contains("maxRuntimes", "number 1 of 1");
        CompletableFuture<Reply> second = createLater("b", 30);
        CompletableFuture<Reply> third = createLater("c", 30);
        waiting(2);
        Reply full = create("d", 0).expectError(429, "capacity.queue_full");
        assertThat(full.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(third).isNotDone();
        stop(first);
        Reply runtime = second.get(20, TimeUnit.SECONDS).expect(200);
        assertThat(runtime.json().get("queuedMs").getAsLong()).isPositive();
        assertThat(third).isNotDone();
        // Repeated, it is the same answer and no second place.
        assertThat(create("b", 0).expect(200).text("id")).isEqualTo(runtime.text("id"));
        stop(runtime);
        third.get(20, TimeUnit.SECONDS).expect(200);
    }

    @Test
    void freesThePlaceOfABrowserThatCrashedOrDidNotStart() {
        server.engine.failWith("no");
        create("a", 0).expect(503);
        server.engine.failWith(null);
        create("b", 5).expect(200);
        server.engine.last().crash();
        create("c", 5).expect(200);
        assertThat(server.engine.browsers()).hasSize(2);
    }

    @Test
    void freesThePlaceOfARequestThatCannotBeMet() {
        api.post(runtimes, "{\"type\":\"browser\",\"config\":{\"fingerprint\":{\"browser\":\"edge\"}}}")
                .expectError(422, "runtime.browser_unavailable");
        create("a", 0).expect(200);
    }

    @Test
    void startsNoBrowserForAClientThatHasHungUp() throws Exception {
        Reply first = create("a", 0).expect(200);
        try (Socket gone = raw("POST " + runtimes + "\n" + BROWSER)) {
            waiting(1);
            assertThat(gone.isConnected()).isTrue();
        }
        CompletableFuture<Reply> second = createLater("b", 30);
        waiting(1);
        stop(first);
        second.get(20, TimeUnit.SECONDS).expect(200);
        assertThat(server.engine.browsers()).hasSize(2);
    }

    @Test
    void answersTheNextRequestOfAClientThatDoesNotWaitForAnswers() throws Exception {
        Reply first = create("a", 0).expect(200);
        try (Socket eager = raw("POST " + runtimes + "\n" + BROWSER)) {
            waiting(1);
            send(eager, "GET /v1/auth/whoami\n");
            // Long enough for the line to be looked through.
            api.send("POST", runtimes, BROWSER, "Prefer", "wait=2").expectError(429, "capacity.waiting");
            stop(first);
            assertThat(RawHttp.read(eager.getInputStream()).expect(200).json().has("queuedMs"))
                    .isTrue();
            assertThat(RawHttp.read(eager.getInputStream()).expect(200).text("defaultSpaceId"))
                    .isNotBlank();
        }
    }

    @Test
    void sendsThoseInLineAwayWhenItEnds() throws Exception {
        create("a", 0).expect(200);
        CompletableFuture<Reply> second = createLater("b", 30);
        waiting(1);
        server.local.close();
        assertThat(second.handle((reply, cut) -> reply == null ? 503 : reply.status())
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(503);
    }
}
