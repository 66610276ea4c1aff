package ai.bctrl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.ConnectionFault;
import ai.bctrl.network.Network;
import ai.bctrl.network.TestCertificates;
import ai.bctrl.network.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client through real proxies and real TLS. */
@Timeout(60)
class NetworkClientTest {
    private static final String SPACES = "{\"spaces\":[]}";

    @TempDir
    private static Path directory;

    private static Path service;
    private static Path serviceCertificate;
    private static Path user;

    private final MockWebServer server = new MockWebServer();

    @BeforeAll
    static void certify() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        service = certificates.create("service", "service.test", "-1d", 30);
        serviceCertificate = certificates.exportPem("service");
        user = certificates.create("user", "user.test", "-1d", 30);
        certificates.create("other", "other.test", "-1d", 30);
        certificates.createSigned("expired", "service.test", "-10d", 2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void serve(@Nullable SSLContext tls, boolean wantsClients) throws IOException {
        if (tls != null) {
            server.useHttps(tls.getSocketFactory());
        }
        if (wantsClients) {
            server.requireClientAuth();
        }
        server.start();
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder().body(SPACES).build());
        }
    }

    private BctrlClient client(String scheme, Network network) {
        return client(scheme, server.getPort(), network);
    }

    private static BctrlClient client(String scheme, int port, Network network) {
        return BctrlClient.builder()
                .apiKey("k")
                .baseUrl(scheme + "://service.test:" + port)
                .network(network)
                .maxRetries(0)
                .requestTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static Network network(TestProxy proxy, UnaryOperator<Network.Builder> settings) {
        return settings.apply(Network.builder().proxy(proxy.url("socks5"))).build();
    }

    private BctrlConnectionException failure(Network network) {
        return failure(server.getPort(), network);
    }

    private static BctrlConnectionException failure(int port, Network network) {
        try (BctrlClient client = client("https", port, network)) {
            BctrlConnectionException failure = catchThrowableOfType(
                    BctrlConnectionException.class, () -> client.spaces().list());
            assertThat(failure).isNotNull();
            return failure;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void goesThroughProxiesThatResolveNames(String kind) throws Exception {
        serve(null, false);
        try (TestProxy proxy = new TestProxy("me:p@ss");
                BctrlClient client = client(
                        "http",
                        Network.builder()
                                .proxy(proxy.url(kind).replace("p@ss", "p%40ss"))
                                .build())) {
            assertThat(client.spaces().list()).isEmpty();
            assertThat(client.spaces().list()).isEmpty();
            assertThat(proxy.targets).contains("service.test:" + server.getPort());
            assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization"))
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void speaksTlsThroughProxies(String kind) throws Exception {
        serve(TestCertificates.server(service), false);
        try (TestProxy proxy = new TestProxy("me:secret");
                BctrlClient client = client(
                        "https",
                        Network.builder()
                                .proxy(proxy.url(kind))
                                .trustStore(serviceCertificate, null)
                                .build())) {
            assertThat(client.spaces().list()).isEmpty();
            assertThat(proxy.targets).contains("service.test:" + server.getPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void saysThatTheProxyRefusesThePassword(String kind) throws Exception {
        serve(TestCertificates.server(service), false);
        try (TestProxy proxy = new TestProxy("me:secret")) {
            BctrlConnectionException refused = failure(Network.builder()
                    .proxy(proxy.url(kind).replace("secret", "wrong"))
                    .build());
            assertThat(refused.fault()).isEqualTo(ConnectionFault.PROXY);
            assertThat(refused).hasMessageContaining("refused");
            assertThat(refused.getMessage()).doesNotContain("wrong");
            assertThat(proxy.targets).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void saysThatTheProxyCannotBeReached(String kind) throws Exception {
        serve(null, false);
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        BctrlConnectionException failure =
                failure(Network.builder().proxy(kind + "://127.0.0.1:" + port).build());
        assertThat(failure.fault()).isEqualTo(ConnectionFault.PROXY);
        assertThat(failure).hasMessageContaining("the proxy " + kind + "://127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void saysThatACertificateIsNotTrusted() throws Exception {
        serve(TestCertificates.server(service), false);
        try (TestProxy proxy = new TestProxy(null)) {
            BctrlConnectionException failure = failure(network(proxy, builder -> builder));
            assertThat(failure.fault()).isEqualTo(ConnectionFault.TLS_UNTRUSTED);
            assertThat(failure)
                    .hasMessageContaining("the TLS certificate of service.test is not trusted")
                    .hasMessageContaining("bctrl.trustStore");
        }
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        serve(TestCertificates.server(directory.resolve("expired.p12")), false);
        try (TestProxy proxy = new TestProxy(null)) {
            Path trusted = directory.resolve("expired-authority.pem");
            BctrlConnectionException failure = failure(network(proxy, builder -> builder.trustStore(trusted, null)));
            assertThat(failure.fault()).isEqualTo(ConnectionFault.TLS_EXPIRED);
            assertThat(failure).hasMessageContaining("has expired").hasMessageContaining("clock");
        }
    }

    @Test
    void saysThatACertificateIsForAnotherName() throws Exception {
        serve(TestCertificates.server(directory.resolve("other.p12")), false);
        try (TestProxy proxy = new TestProxy(null)) {
            Path trusted = new TestCertificates(directory).exportPem("other");
            BctrlConnectionException failure = failure(network(proxy, builder -> builder.trustStore(trusted, null)));
            assertThat(failure.fault()).isEqualTo(ConnectionFault.TLS_WRONG_NAME);
            assertThat(failure).hasMessageContaining("the TLS certificate is not for service.test");
        }
    }

    @Test
    void saysThatThePortDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy(null)) {
            Thread answering = new Thread(() -> refuseInPlainText(plain), "plain-http");
            answering.setDaemon(true);
            answering.start();
            BctrlConnectionException failure = failure(plain.getLocalPort(), network(proxy, builder -> builder));
            assertThat(failure.fault()).isIn(ConnectionFault.TLS, ConnectionFault.BROKEN);
            assertThat(failure).hasMessageContaining("TLS");
        }
    }

    /** As servers do to which a greeting in TLS is a malformed request; some wait for its first line instead. */
    private static void refuseInPlainText(ServerSocket plain) {
        try (Socket caller = plain.accept()) {
            int greeting = caller.getInputStream().read();
            assertThat(greeting).isEqualTo(22);
            caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException closed) {
            // The client has seen enough.
        }
    }

    @Test
    void introducesItselfWithACertificate() throws Exception {
        serve(TestCertificates.server(service, user), true);
        try (TestProxy proxy = new TestProxy(null)) {
            Network known = network(
                    proxy,
                    builder -> builder.trustStore(serviceCertificate, null).keyStore(user, TestCertificates.PASSWORD));
            try (BctrlClient client = client("https", known)) {
                assertThat(client.spaces().list()).isEmpty();
            }
            BctrlConnectionException unknown =
                    failure(network(proxy, builder -> builder.trustStore(serviceCertificate, null)));
            assertThat(unknown.fault()).isIn(ConnectionFault.TLS_CLIENT_CERTIFICATE, ConnectionFault.BROKEN);
        }
    }

    @Test
    void readsKeysFromPem() throws Exception {
        serve(TestCertificates.server(service, user), true);
        TestCertificates certificates = new TestCertificates(directory);
        Path pem = directory.resolve("identity.pem");
        Files.writeString(pem, Files.readString(certificates.exportPem("user")) + TestCertificates.privateKey(user));
        try (TestProxy proxy = new TestProxy(null);
                BctrlClient client = client(
                        "https",
                        network(
                                proxy,
                                builder -> builder.trustStore(service, TestCertificates.PASSWORD)
                                        .keyStore(pem, null)))) {
            assertThat(client.spaces().list()).isEmpty();
        }
    }
}
