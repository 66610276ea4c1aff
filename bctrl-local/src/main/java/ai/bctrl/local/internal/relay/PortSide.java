package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.service.ControllerTap;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way to a browser that serves the controller's socket itself.
 *
 * @param executor does what may block
 */
record PortSide(ClientPort.Seat seat, Executor executor) implements BrowserSide {

    @Override
    public Splice join(String name, SocketChannel controller, @Nullable ControllerTap tap, Splice.Listener listener) {
        return new PortSplice(name, controller, this, tap, listener);
    }

    @Override
    public void close() {
        seat.close();
    }
}
