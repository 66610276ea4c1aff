package ai.bctrl.local.internal.cdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CdpClientTest {
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: (.*)\r\n");
    private static final int PATIENCE = 20_000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CdpClients clients = new CdpClients(clock);
    private ServerSocket browser;

    @BeforeEach
    void listen() throws IOException {
        browser = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        clients.close();
        clock.shutdownNow();
        browser.close();
    }

    private Socket connected(CompletableFuture<CdpClient> opening) throws Exception {
        Socket socket = browser.accept();
        socket.setSoTimeout(PATIENCE);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        Matcher key = KEY.matcher(head);
        assertThat(key.find()).isTrue();
        byte[] accepted = MessageDigest.getInstance("SHA-1")
                .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: "
                                + Base64.getEncoder().encodeToString(accepted) + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        opening.get(PATIENCE, TimeUnit.MILLISECONDS);
        return socket;
    }

    private CompletableFuture<CdpClient> open() {
        return clients.open(
                URI.create("ws://127.0.0.1:" + browser.getLocalPort() + "/devtools/browser/fake"),
                (method, session, params) -> {});
    }

    /** The read fails with a timeout where the other side is kept open. */
    private static void endsWithin20Seconds(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    @Test
    void letsGoOfTheSocketWhenTheBrowserIsGone() throws Exception {
        CompletableFuture<CdpClient> opening = open();
        try (Socket socket = connected(opening)) {
            socket.shutdownOutput();

            endsWithin20Seconds(socket.getInputStream());
            opening.join().gone().toCompletableFuture().get(PATIENCE, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void letsGoOfTheSocketWhenTheBrowserSaysGoodbye() throws Exception {
        CompletableFuture<CdpClient> opening = open();
        try (Socket socket = connected(opening)) {
            socket.getOutputStream().write(new byte[] {(byte) 0x88, 0});

            endsWithin20Seconds(socket.getInputStream());
        }
    }

    @Test
    void letsGoOfTheSocketWhenItIsClosed() throws Exception {
        CompletableFuture<CdpClient> opening = open();
        try (Socket socket = connected(opening)) {
            opening.join().close();

            endsWithin20Seconds(socket.getInputStream());
        }
    }
}
