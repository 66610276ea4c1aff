package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs Playwright's driver, but no Chromium. */
@Timeout(60)
class ConnectFailureBrowserIT {
    private static final String SIGNED = "/v1/cdp/aaaaaaaaaaaaaaaa?token=SECRETSIGNATURE&expires=12345";

    @Test
    void quotesTheAnswerThatRefusedTheConnection() throws Exception {
        FakeLease lease = new FakeLease();
        BrowserRefusedException refused = failure(
                lease,
                "HTTP/1.1 409 Conflict\r\nContent-Length: 31\r\nConnection: close\r\n\r\nsomebody else holds the runtime",
                BrowserRefusedException.class);
        assertThat(refused)
                .hasMessage("The connection to the browser was refused with status 409 Conflict: "
                        + "somebody else holds the runtime (runtime rt-1, run run-1)");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("somebody else holds the runtime");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, ai.bctrl.playwright.BrowserExpiredException",
        "REVOKED, ai.bctrl.playwright.BrowserExpiredException",
        "STOPPED, ai.bctrl.playwright.BrowserExpiredException",
        "CRASHED, ai.bctrl.playwright.BrowserCrashedException",
        "LOST, ai.bctrl.playwright.BrowserLostException"
    })
    void asksTheLeaseFirst(RuntimeEnding.Cause cause, Class<? extends BrowserConnectException> type) throws Exception {
        FakeLease lease = new FakeLease();
        lease.ending = new RuntimeEnding(cause, "as the control plane says");
        assertThat(failure(lease, "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", type))
                .isExactlyInstanceOf(type)
                .hasMessageContaining("as the control plane says (runtime rt-1, run run-1)");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        FakeLease lease = new FakeLease();
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        lease.url = "http://127.0.0.1:" + port + SIGNED;
        assertThat(open(lease, BrowserUnreachableException.class))
                .hasMessageContaining("Nobody answers at http://127.0.0.1:" + port + "/…")
                .hasMessageContaining("ECONNREFUSED");
    }

    @Test
    void saysThatTheConnectionBroke() throws Exception {
        assertThat(failure(new FakeLease(), "", BrowserUnreachableException.class))
                .hasMessageContaining("socket hang up");
    }

    @Test
    void givesUpAfterTheConnectTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FakeLease lease = new FakeLease();
            lease.url = "ws://127.0.0.1:" + silent.getLocalPort() + SIGNED;
            assertThat(open(lease, BrowserTimeoutException.class)).hasMessageContaining("took longer than 2000 ms");
        }
    }

    @Test
    void keepsTheFirstFailureWhenGivingBackTheLeaseFailsToo() throws Exception {
        FakeLease lease = new FakeLease();
        lease.closeFailure = new BctrlException("not confirmed");
        assertThat(failure(lease, "", BrowserUnreachableException.class)).hasSuppressedException(lease.closeFailure);
    }

    @Test
    void acquiresNothingMoreWhenAcquiringFails() {
        BctrlException noBrowser = new BctrlException("no browser");
        try (BctrlPlaywright playwright = BctrlPlaywright.create(spec -> {
            throw noBrowser;
        })) {
            assertThat(catchThrowableOfType(BctrlException.class, () -> playwright.open(RuntimeSpec.defaults())))
                    .isSameAs(noBrowser);
        }
    }

    private static <T extends BrowserConnectException> T failure(FakeLease lease, String answer, Class<T> type)
            throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, answer));
            answering.start();
            lease.url = "ws://127.0.0.1:" + server.getLocalPort() + SIGNED;
            T failure = open(lease, type);
            answering.join(10_000);
            return failure;
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            int read = socket.getInputStream().read(new byte[8192]);
            if (read > 0) {
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T extends BrowserConnectException> T open(FakeLease lease, Class<T> type) {
        SessionOptions options =
                SessionOptions.builder().connectTimeout(Duration.ofSeconds(2)).build();
        try (BctrlPlaywright playwright = BctrlPlaywright.create(spec -> lease)) {
            T failure = catchThrowableOfType(type, () -> playwright.open(RuntimeSpec.defaults(), options));
            assertThat(failure).isNotNull();
            assertThat(lease.closes).isOne();
            StringWriter everything = new StringWriter();
            failure.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString()).doesNotContain("SECRET").doesNotContain("aaaaaaaaaaaaaaaa");
            return failure;
        }
    }

    private static final class FakeLease implements RuntimeLease {
        String url = "";
        int closes;

        @Nullable
        RuntimeEnding ending;

        @Nullable
        BctrlException closeFailure;

        @Override
        public String runtimeId() {
            return "rt-1";
        }

        @Override
        public String runId() {
            return "run-1";
        }

        @Override
        public String cdpUrl() {
            return url;
        }

        @Override
        public PhaseTimes phases() {
            return PhaseTimes.none();
        }

        @Override
        public @Nullable RuntimeEnding ending() {
            return ending;
        }

        @Override
        public LiveView liveView(CreateLiveViewRequest request) {
            throw new BctrlException("no live view here");
        }

        @Override
        public void close() {
            closes++;
            if (closeFailure != null) {
                throw closeFailure;
            }
        }
    }
}
