package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.network.Network;
import ai.bctrl.network.TestProxy;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that die without a word, between a client and a control plane with a real browser. */
@Timeout(120)
class SilenceBrowserIT {
    private static final String NEVER = "() => new Promise(() => {})";

    private final LocalBctrl plane = LocalBctrl.start(LocalOptions.defaults());
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
    private TestProxy apiLine;
    private TestProxy cdpLine;
    private BctrlClient client;
    private BctrlClient direct;
    private BctrlPlaywright playwright;

    @BeforeEach
    void connect() throws IOException {
        apiLine = new TestProxy(null);
        cdpLine = new TestProxy(null);
        client = client(through(apiLine));
        direct = client(Network.system());
        playwright = BctrlPlaywright.create(new RewiredProvider(ApiRuntimeProvider.of(client), through(cdpLine)));
    }

    private static Network through(TestProxy proxy) {
        return Network.builder().proxy(proxy.url("socks5")).proxyLoopback(true).build();
    }

    private BctrlClient client(Network network) {
        return BctrlClient.builder()
                .apiKey(plane.apiKey())
                .baseUrl(plane.baseUrl())
                .network(network)
                .build();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        apiLine.swallow(false);
        playwright.close();
        client.close();
        direct.close();
        apiLine.close();
        cdpLine.close();
        plane.close();
        later.shutdownNow();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (relayThreads() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(relayThreads()).isZero();
    }

    private static long relayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("bctrl-relay-"))
                .count();
    }

    private BrowserSession open(Duration limit) {
        return playwright.open(
                RuntimeSpec.defaults(),
                SessionOptions.builder().silenceLimit(limit).build());
    }

    /** What a call that waits for the browser ends with, and how long after the fault. */
    private <T extends BrowserConnectException> Told<T> fault(Duration limit, Class<T> type, Runnable fault)
            throws Exception {
        BrowserSession session = open(limit);
        try {
            Page page = session.page();
            Future<Long> happened = later.schedule(
                    () -> {
                        long now = System.nanoTime();
                        fault.run();
                        return now;
                    },
                    300,
                    TimeUnit.MILLISECONDS);
            PlaywrightException failed = catchThrowableOfType(PlaywrightException.class, () -> page.evaluate(NEVER));
            Duration noticed = Duration.ofNanos(System.nanoTime() - happened.get());
            BrowserConnectException explained = Objects.requireNonNull(session.explain(failed));
            Duration whole = Duration.ofNanos(System.nanoTime() - happened.get());
            assertThat(explained).isInstanceOf(type);
            return new Told<>(type.cast(explained), noticed, whole);
        } finally {
            apiLine.swallow(false);
            try {
                session.close();
            } catch (BctrlException stoppedBefore) {
                // By the fault itself.
            }
        }
    }

    private record Told<T>(T exception, Duration noticed, Duration explained) {}

    @Test
    void noticesALineThatSwallowsEverything() throws Exception {
        Told<BrowserUnreachableException> told =
                fault(Duration.ofSeconds(2), BrowserUnreachableException.class, () -> cdpLine.swallow(true));
        assertThat(told.exception())
                .isExactlyInstanceOf(BrowserUnreachableException.class)
                .hasMessageContaining("The browser is silent: nothing was heard from it for 4.")
                .hasMessageContaining("the control plane answers and takes the browser for running");
        assertThat(told.noticed()).isBetween(Duration.ofMillis(3500), Duration.ofSeconds(8));
    }

    @Test
    void noticesWhenTheControlPlaneIsSilentToo() throws Exception {
        Told<BrowserLostException> told = fault(Duration.ofSeconds(2), BrowserLostException.class, () -> {
            apiLine.swallow(true);
            cdpLine.swallow(true);
        });
        assertThat(told.exception()).hasMessageContaining("the control plane does not answer either, within 1 s");
        assertThat(told.noticed()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(7));
        assertThat(told.explained().minus(told.noticed())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void closesAtOnceWhenTheControlPlaneKnowsWhy() throws Exception {
        Told<BrowserExpiredException> told = fault(Duration.ofSeconds(2), BrowserExpiredException.class, () -> {
            cdpLine.swallow(true);
            String space = Objects.requireNonNull(direct.auth().whoami().defaultSpaceId());
            direct.runtimes().list(space).forEach(runtime -> direct.runtimes().stop(space, runtime.id()));
        });
        assertThat(told.exception()).hasMessageContaining("stopped");
        assertThat(told.noticed()).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void raisesNoAlarmOnAQuietAndOnASlowLine() {
        try (BrowserSession session = open(Duration.ofSeconds(1))) {
            Page page = session.page();
            page.evaluate("() => new Promise(done => setTimeout(done, 3500))");
            cdpLine.delay(250);
            page.evaluate("() => new Promise(done => setTimeout(done, 3500))");
            assertThat(page.evaluate("() => 1 + 1")).isEqualTo(2);
        }
    }

    @Test
    void takesABusyPageForAlive() {
        try (BrowserSession session = open(Duration.ofSeconds(1))) {
            session.page().evaluate("() => { const end = Date.now() + 4000; while (Date.now() < end) {} }");
            assertThat(session.page().evaluate("() => 1 + 1")).isEqualTo(2);
        }
    }

    @Test
    void carriesLargeMessagesBothWays() {
        try (BrowserSession session = open(Duration.ofSeconds(1))) {
            String large = "x".repeat(12 << 20);
            assertThat(session.page().evaluate("text => text + '!'", large)).isEqualTo(large + "!");
        }
    }
}
