package ai.bctrl.local.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.shared.SharedEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers whose sockets the relay hands over to the filter of a shared Chromium. */
@Tag("browser")
class HandedOverBrowserIT {

    private static final String VERSION = "{\"id\":1,\"method\":\"Browser.getVersion\"}";

    @TempDir
    Path directory;

    private SharedEngine engine;
    private RunningBrowser browser;
    private FakeGate gate;
    private RelayServer server;

    @BeforeEach
    void start() throws Exception {
        engine = new SharedEngine(new ChromiumEngine(
                ChromiumOptions.builder().root(directory.resolve("b")).build()));
        browser = engine.launch(LaunchRequest.builder("one").shared(true).build());
        gate = new FakeGate(browser::devTools);
        gate.port = browser.clientPort();
        server = new RelayServer(gate);
    }

    @AfterEach
    void stop() throws Exception {
        for (FakeGate.Recorded attachment : gate.attachments) {
            await(attachment.closed);
            assertThat(attachment.closes).hasSize(1);
        }
        server.stop();
        engine.close();
        assertThat(server.relay.openSockets()).isZero();
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(15, TimeUnit.SECONDS);
    }

    private void asks(RawSocket controller) throws Exception {
        controller.sendText(VERSION, true);
        assertThat(controller.read().text()).startsWith("{\"id\":1,\"result\":").contains(browser.product());
    }

    @Test
    void isServedAndCounted() throws Exception {
        byte[] early = RawSocket.frame(1, VERSION.getBytes(StandardCharsets.UTF_8), true);
        try (RawSocket controller = RawSocket.upgrade(server.address(), RawSocket.upgradeHeaders(), early)) {
            assertThat(controller.header()).startsWith("HTTP/1.1 101 ");
            assertThat(controller.read().text()).startsWith("{\"id\":1,\"result\":");
            asks(controller);
            asks(controller);
        }
        assertThat(await(gate.only().closed).code()).isEqualTo(1006);
        assertThat(gate.only().fromController).isEqualTo(3L * early.length);
        assertThat(gate.only().fromBrowser).isGreaterThan(300);
    }

    @Test
    void learnsWhyItIsEndedAndTheNextOneIsServed() throws Exception {
        try (RawSocket controller = RawSocket.open(server.address())) {
            asks(controller);
            await(gate.only().socket).close(new CloseReason(4001, "lease revoked"));
            assertThat(controller.read().reason()).isEqualTo("4001 lease revoked");
            assertThat(controller.readToEnd()).isEmpty();
        }
        assertThat(await(gate.only().closed)).isEqualTo(new CloseReason(4001, "lease revoked"));
        try (RawSocket next = RawSocket.open(server.address())) {
            asks(next);
        }
    }

    @Test
    void learnsThatTheBrowserWasKilled() throws Exception {
        try (RawSocket controller = RawSocket.open(server.address())) {
            asks(controller);
            gate.only().gone.complete(new CloseReason(4002, "the browser was killed"));
            ProcessHandle.of(browser.pid()).orElseThrow().destroyForcibly();
            assertThat(controller.read().reason()).isEqualTo("4002 the browser was killed");
            assertThat(controller.readToEnd()).isEmpty();
        }
    }

    @Test
    void learnsThatItsRuntimeHasEnded() throws Exception {
        try (RawSocket controller = RawSocket.open(server.address())) {
            asks(controller);
            gate.only().gone.complete(new CloseReason(4003, "the runtime was stopped"));
            browser.close();
            assertThat(controller.read().reason()).isEqualTo("4003 the runtime was stopped");
        }
    }

    @Test
    void isRefusedWhereTheRuntimeHasEnded() throws Exception {
        browser.close();
        try (RawSocket controller = RawSocket.upgrade(server.address(), RawSocket.upgradeHeaders(), new byte[0])) {
            assertThat(controller.header()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void endsEvenIfItDoesNotRead() throws Exception {
        String much = "{\"id\":1,\"method\":\"Target.getTargets\",\"params\":{\"filter\":[{\"type\":\""
                + "x".repeat(1000) + "\"}]}}";
        try (RawSocket controller = RawSocket.open(server.address())) {
            asks(controller);
            for (int i = 0; i < 100; i++) {
                controller.sendText(much, true);
            }
            await(gate.only().socket).close(new CloseReason(4001, "stopped"));
            assertThat(await(gate.only().closed).code()).isEqualTo(4001);
        }
    }
}
