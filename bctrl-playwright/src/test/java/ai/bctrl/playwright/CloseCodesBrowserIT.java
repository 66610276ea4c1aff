package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.runtime.CdpUrlRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets that the other side closes, with and without a relay before them. Needs Playwright's driver, but no Chromium. */
@Timeout(120)
class CloseCodesBrowserIT {
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");

    @ParameterizedTest
    @CsvSource({
        "1000, ai.bctrl.playwright.BrowserExpiredException",
        "1001, ai.bctrl.playwright.BrowserLostException",
        "1002, ai.bctrl.playwright.BrowserUnreachableException",
        "1008, ai.bctrl.playwright.BrowserExpiredException",
        "1009, ai.bctrl.playwright.BrowserUnreachableException",
        "1011, ai.bctrl.playwright.BrowserUnreachableException",
        "1012, ai.bctrl.playwright.BrowserLostException",
        "1013, ai.bctrl.playwright.BrowserLostException",
        "3000, ai.bctrl.playwright.BrowserUnreachableException",
        "4001, ai.bctrl.playwright.BrowserExpiredException",
        "4002, ai.bctrl.playwright.BrowserExpiredException",
        "4003, ai.bctrl.playwright.BrowserExpiredException",
        "4004, ai.bctrl.playwright.BrowserExpiredException",
        "4999, ai.bctrl.playwright.BrowserUnreachableException"
    })
    void eachCodeHasItsException(int code, Class<? extends BrowserConnectException> type) throws Exception {
        assertThat(failure(code, Duration.ofSeconds(2)))
                .isExactlyInstanceOf(type)
                .hasMessageContaining(new CloseCode(code, "told so").sentence());
    }

    @Test
    void withoutTheRelayTheReasonIsQuoted() throws Exception {
        assertThat(failure(4003, Duration.ZERO))
                .isExactlyInstanceOf(BrowserUnreachableException.class)
                .hasMessageContaining("The connection to the browser was lost: told so");
    }

    @Test
    void aLineThatBreaksOffIsNamedToo() throws Exception {
        for (Duration limit : new Duration[] {Duration.ZERO, Duration.ofSeconds(2)}) {
            assertThat(failure(0, limit))
                    .isExactlyInstanceOf(BrowserUnreachableException.class)
                    .hasMessageContaining("broke off without a word");
        }
    }

    private static BrowserConnectException failure(int code, Duration limit) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, code));
            answering.start();
            SessionOptions options = SessionOptions.builder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .silenceLimit(limit)
                    .build();
            try (BctrlPlaywright playwright = BctrlPlaywright.create(
                    new CdpUrlRuntimeProvider("ws://127.0.0.1:" + server.getLocalPort() + "/cdp"))) {
                BrowserConnectException failure = catchThrowableOfType(
                        BrowserConnectException.class, () -> playwright.open(RuntimeSpec.defaults(), options));
                assertThat(failure).isNotNull();
                answering.join(10_000);
                return failure;
            }
        }
    }

    /** Takes the driver's first message and closes; without a code, just the line. */
    private static void answer(ServerSocket server, int code) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            Matcher key = KEY.matcher(HttpHead.read(in));
            assertThat(key.find()).isTrue();
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: "
                                    + Base64.getEncoder().encodeToString(hash)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            WebSocketFrame first = WebSocketFrame.read(in);
            if (first == null) {
                return;
            }
            in.readNBytes((int) first.length());
            if (code != 0) {
                byte[] payload = "__told so".getBytes(StandardCharsets.UTF_8);
                payload[0] = (byte) (code >> 8);
                payload[1] = (byte) code;
                socket.getOutputStream().write(WebSocketFrame.control(WebSocketFrame.CLOSE, payload, null));
                socket.setSoTimeout(5000);
                while (in.read() >= 0) {
                    // Until the other side has closed too.
                }
            }
        } catch (IOException | java.security.GeneralSecurityException over) {
            // The other side was faster.
        }
    }
}
