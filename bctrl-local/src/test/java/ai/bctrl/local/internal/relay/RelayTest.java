package ai.bctrl.local.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.service.AttachRefusedException;
import ai.bctrl.local.internal.service.CloseReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final byte[] NOTHING = new byte[0];

    private FakeDevTools browser;
    private FakeGate gate;
    private RelayServer server;

    @BeforeEach
    void start() throws Exception {
        browser = new FakeDevTools();
        gate = new FakeGate(browser::url);
        server = new RelayServer(gate);
    }

    @AfterEach
    void stop() throws Exception {
        for (FakeGate.Recorded attachment : gate.attachments) {
            await(attachment.closed);
            assertThat(attachment.closes).hasSize(1);
        }
        server.stop();
        browser.close();
        assertThat(server.relay.openSockets()).isZero();
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(15, TimeUnit.SECONDS);
    }

    @Test
    void carriesFramesBothWaysAndCountsThem() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            assertThat(controller.header()).startsWith("HTTP/1.1 101 ");
            controller.sendText("question", true);
            assertThat(devTools.read().text()).isEqualTo("question");
            devTools.sendText("answer", false);
            assertThat(controller.read().text()).isEqualTo("answer");
        }
        FakeGate.Recorded attachment = gate.only();
        assertThat(await(attachment.closed).code()).isEqualTo(1006);
        assertThat(attachment.fromController).isEqualTo(6 + 8);
        assertThat(attachment.fromBrowser).isEqualTo(2 + 6);
    }

    @Test
    void tellsTheGateWhoAsksAndAgreesOnNoExtension() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            assertThat(controller.header())
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContain("Extensions");
            assertThat(browser.request())
                    .startsWith("GET /devtools/browser/1234 HTTP/1.1\r\n")
                    .doesNotContain("Extensions", "Origin", "token");
            devTools.sendText("x", false);
            assertThat(controller.read().text()).isEqualTo("x");
        }
        assertThat(gate.requests).hasSize(1);
        assertThat(gate.requests.get(0).connectionId()).isEqualTo("conn_1");
        assertThat(gate.requests.get(0).query()).containsEntry("token", "t t").containsEntry("x", "1");
        assertThat(gate.requests.get(0).userAgent()).isEqualTo("Playwright/1");
        assertThat(gate.requests.get(0).toString()).doesNotContain("t t");
    }

    @Test
    void losesNoBytesThatCameEarly() throws Exception {
        byte[] early = RawSocket.frame(1, "early".getBytes(StandardCharsets.UTF_8), true);
        byte[] prompt = RawSocket.frame(1, "prompt".getBytes(StandardCharsets.UTF_8), false);
        try (RawSocket controller = RawSocket.upgrade(server.address(), RawSocket.upgradeHeaders(), early);
                RawSocket devTools = browser.accept(prompt)) {
            assertThat(devTools.read().text()).isEqualTo("early");
            controller.header();
            assertThat(controller.read().text()).isEqualTo("prompt");
        }
    }

    @Test
    void carriesLargeMessagesBothWays() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + (i >> 16));
        }
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            CompletableFuture<Void> up = send(controller, RawSocket.frame(2, large, true));
            assertThat(devTools.read().payload().equals(ByteBuffer.wrap(large))).isTrue();
            await(up);
            CompletableFuture<Void> down = send(devTools, RawSocket.frame(2, large, false));
            assertThat(controller.read().payload().equals(ByteBuffer.wrap(large)))
                    .isTrue();
            await(down);
        }
    }

    @Test
    void answersARefusalWithItsStatusAndWords() throws Exception {
        gate.refusal = new AttachRefusedException(409, "runtime.controller_busy", "Another controller is attached.");
        try (RawSocket controller = controller()) {
            String header = controller.header();
            assertThat(header).startsWith("HTTP/1.1 409 ");
            assertThat(body(controller, header))
                    .contains("Another controller is attached.", "runtime.controller_busy", "requestId");
        }
    }

    @Test
    void refusesWhatIsNoUpgrade() throws Exception {
        assertThat(status("Connection: close\r\n")).startsWith("HTTP/1.1 426 ").contains("Upgrade: websocket");
        assertThat(status(RawSocket.upgradeHeaders().replace("Version: 13", "Version: 8")))
                .startsWith("HTTP/1.1 426 ")
                .contains("Sec-WebSocket-Version: 13");
        assertThat(status(RawSocket.upgradeHeaders().replace(RawSocket.KEY, "short")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(status(RawSocket.upgradeHeaders().replace("keep-alive, Upgrade", "keep-alive")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(gate.requests).isEmpty();
    }

    @Test
    void saysWhyABrowserCannotBeReached() throws Exception {
        browser.close();
        try (RawSocket controller = controller()) {
            String header = controller.header();
            assertThat(header).startsWith("HTTP/1.1 502 ");
            assertThat(body(controller, header)).contains("runtime.unreachable", "cannot be reached");
        }
        assertThat(await(gate.only().closed).code()).isEqualTo(1011);
    }

    @Test
    void refusesWhereTheBrowserRefuses() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.take()) {
            devTools.out.write("HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String header = controller.header();
            assertThat(header).startsWith("HTTP/1.1 502 ");
            assertThat(body(controller, header)).contains("403 Forbidden");
        }
    }

    @Test
    void endsASocketWithCodeAndReason() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            await(gate.only().socket).close(new CloseReason(4001, "the runtime was stopped"));
            RawSocket.Frame close = controller.read();
            assertThat(close.opcode()).isEqualTo(8);
            assertThat(close.reason()).isEqualTo("4001 the runtime was stopped");
            assertThat(controller.readToEnd()).isEmpty();
            assertThat(devTools.readToEnd()).isEmpty();
        }
        assertThat(await(gate.only().closed)).isEqualTo(new CloseReason(4001, "the runtime was stopped"));
    }

    @Test
    void waitsForTheEndOfAFrameBeforeItEndsASocket() throws Exception {
        byte[] frame = RawSocket.frame(1, "0123456789".getBytes(StandardCharsets.UTF_8), false);
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            devTools.out.write(frame, 0, 5);
            controller.in.readNBytes(5);
            await(gate.only().socket).close(new CloseReason(4001, "stopped"));
            devTools.out.write(frame, 5, frame.length - 5);
            devTools.out.write(frame);
            assertThat(new String(controller.in.readNBytes(frame.length - 5), StandardCharsets.UTF_8))
                    .isEqualTo("3456789");
            assertThat(controller.read().reason()).isEqualTo("4001 stopped");
            assertThat(controller.readToEnd()).isEmpty();
        }
    }

    @Test
    void passesOnWhyTheBrowserIsGone() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            devTools.sendText("last words", false);
            devTools.hangUp();
            gate.only().gone.complete(new CloseReason(4002, "the browser was killed by SIGKILL"));
            assertThat(controller.read().text()).isEqualTo("last words");
            assertThat(controller.read().reason()).isEqualTo("4002 the browser was killed by SIGKILL");
            assertThat(controller.readToEnd()).isEmpty();
        }
    }

    @Test
    void doesNotWaitLongForAReason() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            devTools.reset();
            assertThat(controller.read().reason()).isEqualTo("1011 browser connection lost");
        }
    }

    @Test
    void saysNothingInTheMiddleOfAFrame() throws Exception {
        byte[] frame = RawSocket.frame(1, "0123456789".getBytes(StandardCharsets.UTF_8), false);
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            devTools.out.write(frame, 0, 5);
            controller.in.readNBytes(5);
            devTools.hangUp();
            assertThat(controller.readToEnd()).isEmpty();
        }
    }

    @Test
    void passesTheBrowsersOwnCloseFrameOnAndAddsNone() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            devTools.out.write(RawSocket.frame(8, new byte[] {3, (byte) 0xe9}, false));
            devTools.hangUp();
            assertThat(controller.read().reason()).isEqualTo("1001 ");
            assertThat(controller.readToEnd()).isEmpty();
        }
    }

    @Test
    void answersAControllersCloseFrameWhereTheBrowserDoesNot() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            controller.out.write(RawSocket.frame(8, new byte[] {3, (byte) 0xe8}, true));
            assertThat(devTools.read().opcode()).isEqualTo(8);
            devTools.hangUp();
            assertThat(controller.read().reason()).isEqualTo("1000 closed");
        }
        assertThat(await(gate.only().closed).code()).isEqualTo(1000);
    }

    @Test
    void endsTheBrowsersSideAtOnceWhenTheControllerDrops() throws Exception {
        for (boolean reset : List.of(false, true)) {
            try (RawSocket controller = controller();
                    RawSocket devTools = browser.accept(NOTHING)) {
                controller.header();
                long start = System.nanoTime();
                if (reset) {
                    controller.reset();
                } else {
                    controller.hangUp();
                }
                assertThat(devTools.readToEnd()).isEmpty();
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                        .isLessThan(1000);
            }
        }
    }

    @Test
    void readsNoFasterThanTheControllerDoes() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            long size = 200L * 1024 * 1024;
            byte[] header = ByteBuffer.allocate(10)
                    .put((byte) 0x82)
                    .put((byte) 127)
                    .putLong(size)
                    .array();
            AtomicInteger megabytes = new AtomicInteger();
            CompletableFuture<Void> sent = send(devTools, header, new byte[1024 * 1024], 200, megabytes);
            int before = -1;
            while (megabytes.get() != before) {
                before = megabytes.get();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            }
            // What the kernel's buffers hold, not the message.
            assertThat(before).isLessThan(32);
            await(gate.only().socket).close(new CloseReason(4001, "stopped"));
            await(gate.only().closed);
            assertThat(gate.only().fromBrowser).isLessThan(32 * 1024 * 1024);
            assertThat(sent).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class);
        }
    }

    @Test
    void keepsASocketThatIsSilentForLong() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            // Three times the idle timeout of the test's connector.
            assertThat(gate.only()
                            .closed
                            .copy()
                            .completeOnTimeout(null, 1500, TimeUnit.MILLISECONDS)
                            .get())
                    .isNull();
            devTools.sendText("still there", false);
            assertThat(controller.read().text()).isEqualTo("still there");
        }
    }

    @Test
    void endsAllSocketsWhenTheServerStops() throws Exception {
        try (RawSocket controller = controller();
                RawSocket devTools = browser.accept(NOTHING)) {
            controller.header();
            CompletableFuture<Void> ended = CompletableFuture.runAsync(
                    () -> server.relay.closeAll(new CloseReason(1001, "shutting down"), Duration.ofSeconds(5)));
            assertThat(controller.read().reason()).isEqualTo("1001 shutting down");
            controller.hangUp();
            await(ended);
            assertThat(devTools.readToEnd()).isEmpty();
        }
    }

    @Test
    void endsTheBrowsersSideWhereTheControllerLeavesDuringTheHandshake() throws Exception {
        RawSocket controller = controller();
        try (RawSocket devTools = browser.take()) {
            controller.reset();
            devTools.out.write("HTTP/1.1 500 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(devTools.readToEnd()).isEmpty();
        }
        RawSocket second = controller();
        second.reset();
        try (RawSocket devTools = browser.accept(NOTHING)) {
            assertThat(devTools.readToEnd()).isEmpty();
        }
    }

    private RawSocket controller() throws Exception {
        return RawSocket.upgrade(server.address(), RawSocket.upgradeHeaders(), NOTHING);
    }

    private String status(String headers) throws Exception {
        try (RawSocket controller = RawSocket.upgrade(server.address(), headers, NOTHING)) {
            return controller.header();
        }
    }

    private static String body(RawSocket controller, String header) throws Exception {
        String length = header.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .findFirst()
                .orElseThrow()
                .substring("Content-Length: ".length());
        return new String(controller.in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    private static CompletableFuture<Void> send(RawSocket socket, byte[] bytes) {
        return send(socket, bytes, NOTHING, 0, new AtomicInteger());
    }

    private static CompletableFuture<Void> send(
            RawSocket socket, byte[] first, byte[] then, int times, AtomicInteger count) {
        return CompletableFuture.runAsync(() -> {
            try {
                socket.out.write(first);
                for (int i = 0; i < times; i++) {
                    socket.out.write(then);
                    count.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
