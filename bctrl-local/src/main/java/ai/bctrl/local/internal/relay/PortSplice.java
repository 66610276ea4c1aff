package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.service.ControllerTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A controller's socket that the browser's side serves; what passes is watched on its thread. Thread-safe. */
final class PortSplice implements Splice, ClientPort.Watch {

    private final String name;
    private final SocketChannel controller;
    private final PortSide side;
    private final @Nullable ControllerTap tap;
    private final Listener listener;
    private final FrameTracker up = new FrameTracker();
    private final FrameTracker down = new FrameTracker();
    private final AtomicLong bytesUp = new AtomicLong();
    private final AtomicLong bytesDown = new AtomicLong();
    private volatile boolean discarding;

    PortSplice(String name, SocketChannel controller, PortSide side, @Nullable ControllerTap tap, Listener listener) {
        this.name = name;
        this.controller = controller;
        this.side = side;
        this.tap = tap;
        this.listener = listener;
    }

    @Override
    public void start(@Nullable ByteBuffer early) {
        side.seat().take(controller, early == null ? ByteBuffer.allocate(0) : early, this);
    }

    @Override
    public void discard() {
        discarding = true;
    }

    @Override
    public void stop() {
        side.seat().leave();
    }

    @Override
    public void close() {
        side.seat().close();
    }

    @Override
    public long bytesFromController() {
        return bytesUp.get();
    }

    @Override
    public long bytesFromBrowser() {
        return bytesDown.get();
    }

    @Override
    public boolean isAtBoundary() {
        return down.isAtBoundary();
    }

    @Override
    public boolean isCloseSeen() {
        return down.isCloseSeen();
    }

    @Override
    public boolean isCloseAsked() {
        return up.isCloseSeen();
    }

    @Override
    public boolean fromClient(ByteBuffer bytes) {
        bytesUp.addAndGet(bytes.remaining());
        if (discarding) {
            return false;
        }
        int unused = up.advance(bytes, false);
        if (tap != null) {
            tap.fromController(bytes, up.isAtBoundary());
        }
        return true;
    }

    @Override
    public int toClient(ByteBuffer bytes, boolean toBoundary) {
        int whole = down.advance(bytes, toBoundary);
        bytesDown.addAndGet(whole);
        if (tap != null && whole > 0) {
            tap.fromBrowser(bytes.duplicate().limit(bytes.position() + whole), down.isAtBoundary());
        }
        return whole;
    }

    @Override
    public boolean isBetweenFrames() {
        return down.isAtBoundary();
    }

    @Override
    public void clientEnded() {
        listener.controllerEnded();
    }

    @Override
    public void browserEnded(ByteBuffer unsent) {
        try {
            // The controller may not be reading.
            side.executor().execute(() -> takeBack(unsent));
        } catch (RejectedExecutionException stopping) {
            listener.controllerEnded();
        }
    }

    private void takeBack(ByteBuffer unsent) {
        try {
            controller.configureBlocking(true);
            Pump rest = new Pump(controller, controller, null, new Rest());
            rest.discard();
            rest.start(name + "-end", null);
            while (unsent.hasRemaining()) {
                controller.write(unsent);
            }
        } catch (IOException | IllegalStateException gone) {
            listener.controllerEnded();
            return;
        }
        listener.browserEnded();
    }

    /** Waits for the controller to leave. */
    private final class Rest implements Pump.Listener {
        @Override
        public void ended() {
            listener.controllerEnded();
        }

        @Override
        public void targetLost() {
            // It throws away all there is.
        }
    }
}
