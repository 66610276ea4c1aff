package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers that hold connections: they lose them, and who has a key is answered meanwhile. */
class FloodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServer server = TestServer.start();
    private final int port = URI.create(server.local.baseUrl()).getPort();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket open(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        send(socket, text);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Sends one byte; false where the other side has closed. */
    private static boolean trickle(Socket socket) {
        try {
            socket.setSoTimeout(1);
            send(socket, "x");
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException nothing) {
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void hangsUpOnAHeadThatComesByteByByte() throws IOException {
        Socket first = open("GET /v1/spaces HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX: ");
        Socket second = open("GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
        assertThat(RawHttp.read(second.getInputStream()).status()).isEqualTo(200);
        send(second, "GET /v1/spaces HTTP/1.1\r\nX: ");
        Poll.until("both have lost their connections", PATIENCE, () -> !trickle(first) && !trickle(second));
        server.api.get("/v1/spaces").expect(200);
    }

    @Test
    void answersWhileStrangersHoldManyConnections() throws IOException {
        Socket streaming = open("GET /v1/spaces HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer "
                + server.local.apiKey() + "\r\n\r\n");
        assertThat(RawHttp.read(streaming.getInputStream()).status()).isEqualTo(200);
        long slowest = 0;
        for (int i = 0; i < 1500; i++) {
            open(i % 2 == 0 ? "" : "GET /v1/spaces HTTP/1.1\r\nHost: ");
            if (i % 100 == 99) {
                long start = System.nanoTime();
                new Api(server.api.baseUrl(), server.local.apiKey())
                        .get("/v1/spaces")
                        .expect(200);
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(10));
        Poll.until(
                "so many are held at most",
                PATIENCE,
                () -> sockets.stream().filter(FloodTest::trickle).count() <= 1024);
        server.api.get("/v1/spaces").expect(200);
    }

    @Test
    void aBodyThatComesByteByByteKeepsNobodyElseWaiting() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slow.add(open("POST /v1/spaces HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer "
                    + server.local.apiKey()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"));
        }
        for (int i = 0; i < 20; i++) {
            server.api.get("/v1/spaces").expect(200);
            slow.forEach(FloodTest::trickle);
        }
        Socket last = slow.get(slow.size() - 1);
        last.setSoTimeout(30_000);
        RawHttp.read(last.getInputStream()).expectError(408, "request.timeout");
    }
}
