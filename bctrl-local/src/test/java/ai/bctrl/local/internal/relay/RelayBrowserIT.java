package ai.bctrl.local.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.engine.Cdp;
import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.service.CloseReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class RelayBrowserIT {

    @TempDir
    Path directory;

    private ChromiumEngine engine;
    private RunningBrowser browser;
    private FakeGate gate;
    private RelayServer server;

    @BeforeEach
    void start() throws Exception {
        engine = new ChromiumEngine(
                ChromiumOptions.builder().root(directory.resolve("b")).build());
        browser = engine.launch(LaunchRequest.builder("rt_1").build());
        gate = new FakeGate(browser::devTools);
        server = new RelayServer(gate);
    }

    @AfterEach
    void stop() throws Exception {
        for (FakeGate.Recorded attachment : gate.attachments) {
            attachment.closed.get(10, TimeUnit.SECONDS);
            assertThat(attachment.closes).hasSize(1);
        }
        assertThat(server.relay.openSockets()).isZero();
        until("all end points are closed", () -> server.endPoints() == 0);
        server.stop();
        engine.close();
        until(
                "all threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("bctrl-test-relay")));
    }

    @Test
    void drivesAPage() throws Exception {
        try (Cdp cdp = Cdp.connect(server.url("conn_1"))) {
            String page = cdp.openPage("data:text/html,<title>hello</title>");
            assertThat(cdp.evaluate(page, "document.title")).isEqualTo("hello");
        }
    }

    @Test
    void carriesTwentyMegabytesBothWays() throws Exception {
        try (Cdp cdp = Cdp.connect(server.url("conn_1"))) {
            String page = cdp.openPage("about:blank");
            int size = 20 * 1024 * 1024;
            assertThat(cdp.evaluate(page, "'0123456789abcdef'.repeat(" + size / 16 + ")"))
                    .hasSize(size)
                    .startsWith("0123456789abcdef")
                    .endsWith("0123456789abcdef");
            assertThat(cdp.evaluate(page, "'length ' + '" + "x".repeat(size) + "'.length"))
                    .isEqualTo("length " + size);
        }
    }

    @Test
    void tellsTheControllerThatTheBrowserWasKilled() throws Exception {
        try (Cdp cdp = Cdp.connect(server.url("conn_1"))) {
            cdp.openPage("about:blank");
            FakeGate.Recorded attachment = gate.only();
            browser.exit()
                    .thenAccept(exit -> attachment.gone.complete(new CloseReason(4002, "browser " + exit.reason())));
            long start = System.nanoTime();
            ProcessHandle.of(browser.pid()).orElseThrow().destroyForcibly();
            assertThat(cdp.closed().get(10, TimeUnit.SECONDS)).isEqualTo("4002 browser killed by SIGKILL");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
        }
    }

    @Test
    void disposesTheContextsOfAControllerThatDrops() throws Exception {
        try (Cdp watcher = Cdp.connect(browser.devTools())) {
            Cdp cdp = Cdp.connect(server.url("conn_1"));
            String context = Cdp.field(
                    cdp.send("Target.createBrowserContext", "{\"disposeOnDetach\":true}", null), "browserContextId");
            assertThat(watcher.send("Target.getBrowserContexts", "{}", null)).contains(context);
            cdp.drop();
            until(
                    "the context is disposed",
                    () -> !watcher.send("Target.getBrowserContexts", "{}", null).contains(context));
        }
    }

    @Test
    void saysGoodbyeToAControllerThatDoes() throws Exception {
        try (RawSocket controller = RawSocket.open(server.address())) {
            controller.out.write(RawSocket.frame(8, new byte[] {3, (byte) 0xe8}, true));
            assertThat(controller.read().opcode()).isEqualTo(8);
            assertThat(controller.readToEnd()).isEmpty();
        }
        assertThat(gate.only().closed.get(10, TimeUnit.SECONDS).code()).isEqualTo(1000);
    }

    @Test
    void junkEndsNothingButItsOwnSocket() throws Exception {
        try (Cdp other = Cdp.connect(server.url("conn_1"))) {
            byte[] random = new byte[5000];
            new Random(1).nextBytes(random);
            // A length over Chromium's limit, with nothing behind it.
            byte[] oversized = {(byte) 0x82, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
            byte[] unmasked = RawSocket.frame(
                    1, "{\"id\":1,\"method\":\"Browser.close\"}".getBytes(StandardCharsets.UTF_8), false);
            byte[] noJson = RawSocket.frame(1, "no json".getBytes(StandardCharsets.UTF_8), true);
            for (byte[] junk : List.of(unmasked, oversized, random, noJson)) {
                try (RawSocket controller = RawSocket.open(server.address())) {
                    controller.out.write(junk);
                    controller.sendText("{\"id\":7,\"method\":\"Browser.getVersion\"}", true);
                    assertThat(other.send("Browser.getVersion", "{}", null)).contains("product");
                }
            }
            assertThat(ProcessHandle.of(browser.pid())).isPresent();
        }
    }

    @Test
    void carriesFiftyControllersAtOnce() throws Exception {
        List<Cdp> controllers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            controllers.add(Cdp.connect(server.url("conn_" + i)));
        }
        assertThat(controllers.parallelStream().map(RelayBrowserIT::version)).allMatch(v -> v.contains("product"));
        assertThat(server.relay.openSockets()).isEqualTo(50);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("bctrl-test-relay")))
                .hasSizeLessThanOrEqualTo(16);
        controllers.forEach(Cdp::drop);
        until("all sockets are closed", () -> server.relay.openSockets() == 0);
    }

    @Test
    void failsAPendingCommandWithTheReason() throws Exception {
        try (Cdp cdp = Cdp.connect(server.url("conn_1"))) {
            String page = cdp.openPage("about:blank");
            FakeGate.Recorded attachment = gate.only();
            attachment.socket.get(10, TimeUnit.SECONDS).close(new CloseReason(4003, "the lease ended after 60 s"));
            assertThatThrownBy(() -> cdp.evaluate(page, "new Promise(() => {})"))
                    .isNotNull();
            assertThat(cdp.closed().get(10, TimeUnit.SECONDS)).isEqualTo("4003 the lease ended after 60 s");
        }
    }

    private static String version(Cdp cdp) {
        try {
            return cdp.send("Browser.getVersion", "{}", null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A question that may fail. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
