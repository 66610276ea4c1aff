package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DevToolsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** The JDK's own HTTP connections stay open for five seconds. */
    private static final int SHORTER_THAN_A_KEPT_CONNECTION = 4_000;

    /** Answers and waits for the other side to leave; completes with what came after the request. */
    private static CompletableFuture<Integer> answerOnce(ServerSocket server, String body) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) socket.getInputStream().read());
                }
                socket.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(SHORTER_THAN_A_KEPT_CONNECTION);
                return socket.getInputStream().read();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    private static URI address(ServerSocket server) {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/devtools/browser/fake");
    }

    @Test
    void asksForTheProductAndLeavesNoSocketOpen() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> after = answerOnce(server, "{ \"Browser\": \"Chrome/1.2\", \"more\": 1 }");

            assertThat(DevTools.product(address(server), DEADLINE)).isEqualTo("Chrome/1.2");

            assertThat(after.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void refusesAnAnswerThatNamesNoBrowser() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused = answerOnce(server, "{}");

            assertThatThrownBy(() -> DevTools.product(address(server), Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class);
        }
    }
}
