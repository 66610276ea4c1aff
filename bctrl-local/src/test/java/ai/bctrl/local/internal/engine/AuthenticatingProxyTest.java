package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthenticatingProxyTest {

    @Test
    void addsTheCredentialsToEachRequestOfOneConnection() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.HTTP, "alice", "s3cret");
                AuthenticatingProxy proxy = start(upstream, "s3cret");
                Socket socket = connect(proxy)) {
            for (int i = 0; i < 3; i++) {
                send(socket, "POST " + upstream.site() + i + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").endsWith("hello from the site");
            }
            assertThat(upstream.refused()).isZero();
        }
    }

    @Test
    void carriesATunnel() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.HTTP, "alice", "s3cret");
                AuthenticatingProxy proxy = start(upstream, "s3cret");
                Socket socket = connect(proxy)) {
            int port = URI.create(upstream.site()).getPort();
            send(socket, "CONNECT 127.0.0.1:" + port + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(19), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer(socket)).endsWith("hello from the site");
        }
    }

    @Test
    void passesOnThatTheProxyRefusesTheCredentials() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.HTTP, "alice", "s3cret");
                AuthenticatingProxy proxy = start(upstream, "wrong");
                Socket socket = connect(proxy)) {
            send(socket, "GET " + upstream.site() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 407");
        }
    }

    @Test
    void negotiatesSocks() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.SOCKS5, "alice", "s3cret");
                AuthenticatingProxy proxy = start(upstream, "s3cret");
                Socket socket = connect(proxy)) {
            int port = URI.create(upstream.site()).getPort();
            socket.getOutputStream().write(new byte[] {5, 1, 0});
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 0);
            socket.getOutputStream().write(new byte[] {5, 1, 0, 1, 127, 0, 0, 1, (byte) (port >> 8), (byte) port});
            assertThat(socket.getInputStream().readNBytes(10)).startsWith(5, 0);
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer(socket)).endsWith("hello from the site");
        }
    }

    @Test
    void endsTheConnectionWhereSocksCredentialsAreWrong() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.SOCKS5, "alice", "s3cret");
                AuthenticatingProxy proxy = start(upstream, "wrong");
                Socket socket = connect(proxy)) {
            socket.getOutputStream().write(new byte[] {5, 1, 0});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void endsItsConnectionsAndThreadsOnClose() throws Exception {
        try (TinyProxy upstream = new TinyProxy(Proxy.Protocol.HTTP, "alice", "s3cret")) {
            AuthenticatingProxy proxy = start(upstream, "s3cret");
            try (proxy;
                    Socket socket = connect(proxy)) {
                send(socket, "POST " + upstream.site() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
                answer(socket);
            }
            // The thread that accepts lets go of the port a moment later.
            Await.until("the port is closed", Duration.ofSeconds(10), () -> refuses(proxy));
            Await.until(
                    "no thread is left",
                    Duration.ofSeconds(10),
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("bctrl-proxy")));
        }
    }

    private static AuthenticatingProxy start(TinyProxy upstream, String password) {
        return AuthenticatingProxy.start(
                new Proxy(upstream.protocol(), "127.0.0.1", upstream.port(), "alice", password));
    }

    private static Socket connect(AuthenticatingProxy proxy) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), proxy.local().port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean refuses(AuthenticatingProxy proxy) {
        try (Socket socket = connect(proxy)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!text.toString().endsWith("hello from the site")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }
}
