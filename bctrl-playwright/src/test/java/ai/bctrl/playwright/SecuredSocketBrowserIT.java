package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.network.Network;
import ai.bctrl.network.TestCertificates;
import ai.bctrl.network.TestProxy;
import ai.bctrl.playwright.ChromiumProvider.ChromiumLease;
import ai.bctrl.runtime.CdpUrlRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets to a real browser through TLS that wants a certificate of the client, and through real proxies. */
@Timeout(120)
class SecuredSocketBrowserIT {
    @TempDir
    private static Path directory;

    private static Path certificate;
    private static Path user;
    private static SSLContext tls;

    private final ChromiumLease chromium = new ChromiumLease();
    private ServerSocket front;
    private String url;

    @BeforeAll
    static void certify() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        Path service = certificates.create("service", "127.0.0.1", "-1d", 30);
        certificate = certificates.exportPem("service");
        user = certificates.create("user", "user.test", "-1d", 30);
        tls = TestCertificates.server(service, user);
    }

    @BeforeEach
    void secure() throws IOException {
        SSLServerSocket secured = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        secured.setNeedClientAuth(true);
        front = secured;
        URI plain = URI.create(chromium.cdpUrl());
        url = "wss://127.0.0.1:" + front.getLocalPort() + plain.getPath();
        start(() -> serve(plain.getPort()));
    }

    @AfterEach
    void end() throws IOException {
        front.close();
        chromium.close();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "terminator");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(int port) {
        try {
            while (true) {
                Socket near = front.accept();
                start(() -> {
                    try (near;
                            Socket far = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        start(() -> copy(far, near));
                        near.getInputStream().transferTo(far.getOutputStream());
                    } catch (IOException over) {
                        // One side is gone.
                    }
                });
            }
        } catch (IOException over) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // One side is gone.
        }
    }

    private static Network.Builder known() {
        return Network.builder().trustStore(certificate, null).keyStore(user, TestCertificates.PASSWORD);
    }

    private void usesTheBrowser(Network network) {
        try (BctrlPlaywright playwright = BctrlPlaywright.create(new CdpUrlRuntimeProvider(url, network));
                BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            session.page().navigate("data:text/html,<title>There</title>");
            assertThat(session.page().title()).isEqualTo("There");
        }
    }

    private BrowserConnectException failure(Network network) {
        SessionOptions options =
                SessionOptions.builder().connectTimeout(Duration.ofSeconds(20)).build();
        try (BctrlPlaywright playwright = BctrlPlaywright.create(new CdpUrlRuntimeProvider(url, network))) {
            BrowserConnectException failure = catchThrowableOfType(
                    BrowserConnectException.class, () -> playwright.open(RuntimeSpec.defaults(), options));
            assertThat(failure).isExactlyInstanceOf(BrowserUnreachableException.class);
            return failure;
        }
    }

    @Test
    void introducesItselfToTheBrowsersSideToo() {
        usesTheBrowser(known().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void goesThroughAProxy(String kind) throws IOException {
        try (TestProxy proxy = new TestProxy("me:secret")) {
            usesTheBrowser(known().proxy(proxy.url(kind)).proxyLoopback(true).build());
            assertThat(proxy.targets).containsExactly("127.0.0.1:" + front.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void saysThatTheProxyRefuses(String kind) throws IOException {
        try (TestProxy proxy = new TestProxy("me:secret")) {
            BrowserConnectException failure =
                    failure(known().proxy(proxy.url(kind).replace("secret", "wrong"))
                            .proxyLoopback(true)
                            .build());
            assertThat(failure)
                    .hasMessageContaining("refused the user name or the password")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void saysThatTheCertificateIsNotTrusted() {
        Network strangers =
                Network.builder().trustStore(user, TestCertificates.PASSWORD).build();
        assertThat(failure(strangers))
                .hasMessageContaining("the TLS certificate of 127.0.0.1 is not trusted")
                .hasMessageContaining("bctrl.trustStore");
    }

    @Test
    void saysThatTheOtherSideWantsACertificate() {
        assertThat(failure(Network.builder().trustStore(certificate, null).build()))
                .hasMessageContaining("cannot be reached");
    }
}
