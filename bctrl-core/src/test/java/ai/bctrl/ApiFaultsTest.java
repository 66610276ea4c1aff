package ai.bctrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.error.AuthenticationException;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.ConnectionFault;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.error.PermissionException;
import ai.bctrl.error.RateLimitException;
import ai.bctrl.error.ServerException;
import ai.bctrl.error.UnexpectedAnswerException;
import ai.bctrl.network.Network;
import ai.bctrl.network.TestProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service, or something that stands where it should be, can do wrong; on raw sockets. */
@Timeout(60)
class ApiFaultsTest {
    private static final String PAGE =
            "<!DOCTYPE html><html><title>Sign in to\n the hotel</title><body>Welcome</body></html>";
    private static final Duration SHORT = Duration.ofMillis(700);

    private final RecordingSleeper sleeper = new RecordingSleeper();
    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket server;
    private volatile Answer answer = (socket, number) -> {};

    @FunctionalInterface
    private interface Answer {
        void to(Socket socket, int number) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "faulty");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                readHead(socket.getInputStream());
                answer.to(socket, asked.incrementAndGet());
            } catch (IOException over) {
                // The client left, or the test is over.
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            last = last << 8 | next;
            if (last == 0x0d0a0d0a) {
                return;
            }
        }
    }

    private static void say(Socket socket, String status, String headers, String body) throws IOException {
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n"
                                + headers + "\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private <T extends BctrlException> T failure(Class<T> type, Duration timeout) {
        return failure(type, origin(), timeout, Network.system());
    }

    private <T extends BctrlException> T failure(Class<T> type, String url, Duration timeout, Network network) {
        long start = System.nanoTime();
        try (BctrlClient client = BctrlClient.builder()
                .apiKey("bctrl_secret")
                .baseUrl(url)
                .requestTimeout(timeout)
                .network(network)
                .time(sleeper, InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z")))
                .build()) {
            T failure = catchThrowableOfType(type, () -> client.spaces().list());
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("bctrl_secret");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.plusSeconds(5));
            return failure;
        }
    }

    private <T extends BctrlException> T failure(Class<T> type) {
        return failure(type, Duration.ofSeconds(10));
    }

    @Test
    void namesTheNameThatCannotBeResolved() throws IOException {
        BctrlConnectionException failure = failure(
                BctrlConnectionException.class,
                "http://no-such-host.invalid:1",
                Duration.ofSeconds(10),
                Network.builder().proxy("none").build());
        assertThat(failure.fault()).isEqualTo(ConnectionFault.DNS);
        assertThat(failure).hasMessageContaining("the name no-such-host.invalid cannot be resolved (DNS)");
        try (TestProxy proxy = new TestProxy(null)) {
            BctrlConnectionException behind = failure(
                    BctrlConnectionException.class,
                    "http://no-such-host.invalid:1",
                    Duration.ofSeconds(10),
                    Network.builder().proxy(proxy.url("socks5")).build());
            assertThat(behind.fault()).isEqualTo(ConnectionFault.PROXY);
            assertThat(behind).hasMessageContaining("cannot connect to no-such-host.invalid:1");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        server.close();
        BctrlConnectionException failure = failure(BctrlConnectionException.class);
        assertThat(failure.fault()).isEqualTo(ConnectionFault.REFUSED);
        assertThat(failure).hasMessageContaining("connection refused").hasMessageContaining(origin());
        assertThat(sleeper.slept).hasSize(2);
    }

    @Test
    void asksWhetherThePathIsThatOfAService() {
        answer = (socket, number) -> say(socket, "404 Not Found", "Content-Type: text/html\r\n", PAGE);
        assertThat(failure(NotFoundException.class))
                .hasMessageContaining("status 404: Sign in to the hotel")
                .hasMessageContaining("is " + origin() + " a BCTRL service? Check the base URL")
                .hasMessageNotContaining("<");
    }

    @Test
    void saysWhichKeyIsMeant() {
        answer = (socket, number) ->
                say(socket, "401 Unauthorized", "", "{\"error\":\"invalid key\",\"code\":\"auth.invalid\"}");
        assertThat(failure(AuthenticationException.class))
                .hasMessageContaining(
                        "invalid key; is the API key (apiKey, BCTRL_API_KEY) one of the service at " + origin());
    }

    @Test
    void saysThatSomethingBeforeTheServiceForbidsIt() {
        answer = (socket, number) -> say(socket, "403 Forbidden", "", "blocked by policy");
        assertThat(failure(PermissionException.class))
                .hasMessageContaining("status 403: blocked by policy; the service, or a proxy before it, forbids that");
    }

    @Test
    void saysWhereARedirectionLeads() {
        answer = (socket, number) -> say(socket, "302 Found", "Location: https://login.test/a?secret=1\r\n", "");
        assertThat(failure(BctrlApiException.class))
                .hasMessageContaining("a redirection to https://login.test; is " + origin() + " a BCTRL service?")
                .hasMessageNotContaining("secret");
    }

    @Test
    void recognisesAPageWhereJsonShouldBe() {
        answer = (socket, number) -> say(socket, "200 OK", "Content-Type: text/html\r\n", PAGE);
        assertThat(failure(UnexpectedAnswerException.class))
                .hasMessageContaining(
                        "GET /v1/spaces was answered with a web page instead of JSON: Sign in to the hotel")
                .hasMessageContaining("whether a proxy or a login page stands in between");
        assertThat(asked.get()).isOne();
    }

    @Test
    void waitsBetweenTriesWhenItIsTooMuch() {
        answer = (socket, number) -> say(
                socket,
                "429 Too Many Requests",
                number == 1 ? "Retry-After: 3\r\n" : "",
                "{\"error\":\"slow down\",\"code\":\"rate.limited\"}");
        assertThat(failure(RateLimitException.class)).hasMessageContaining("slow down");
        assertThat(sleeper.slept).hasSize(2);
        assertThat(sleeper.slept.get(0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(sleeper.slept.get(1)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aClockThatIsWrongDoesNotSpoilADate() {
        // This machine's clock is years ahead of the service's.
        answer = (socket, number) -> say(
                socket,
                "503 Service Unavailable",
                "Date: Sun, 22 Nov 2026 12:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 12:00:02 GMT\r\n",
                "{}");
        assertThat(failure(ServerException.class)).hasMessageContaining("503");
        assertThat(sleeper.slept).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void outlivesABurstOfFailures() {
        answer = (socket, number) -> {
            if (number < 3) {
                say(socket, number == 1 ? "502 Bad Gateway" : "500 Internal Server Error", "", PAGE);
            } else {
                say(socket, "200 OK", "", "{\"spaces\":[]}");
            }
        };
        try (BctrlClient client = BctrlClient.builder()
                .apiKey("k")
                .baseUrl(origin())
                .time(sleeper, InstantSource.system())
                .build()) {
            assertThat(client.spaces().list()).isEmpty();
        }
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void blamesTheGatewayForItsPage() {
        answer = (socket, number) -> say(socket, "502 Bad Gateway", "Content-Type: text/html\r\n", PAGE);
        assertThat(failure(ServerException.class))
                .hasMessageContaining("a proxy or gateway before the service cannot reach it");
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void saysThatAnAnswerWasCutOff() {
        answer = (socket, number) -> socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"spaces\":".getBytes(StandardCharsets.UTF_8));
        BctrlConnectionException failure = failure(BctrlConnectionException.class);
        assertThat(failure.fault()).isEqualTo(ConnectionFault.BROKEN);
        assertThat(failure).hasMessageContaining("the answer was cut off");
    }

    @Test
    void aSlowAnswerEndsAtTheDeadline() {
        answer = (socket, number) -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1000 && !server.isClosed(); i++) {
                socket.getOutputStream().write(' ');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        };
        assertThat(failure(BctrlTimeoutException.class, SHORT)).hasMessageContaining("no answer within 700 ms");
    }

    @Test
    void aServiceThatNeverAnswersEndsAtTheDeadline() {
        answer = (socket, number) -> readHead(socket.getInputStream());
        assertThat(failure(BctrlTimeoutException.class, SHORT)).hasMessageContaining("no answer within 700 ms");
    }

    @Test
    void somethingThatSpeaksNoHttpIsNamed() {
        answer = (socket, number) ->
                socket.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(failure(BctrlConnectionException.class)).hasMessageContaining("SSH-2.0");
    }
}
