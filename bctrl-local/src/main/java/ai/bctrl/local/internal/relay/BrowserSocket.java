package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.ControllerTap;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * A socket to a browser's DevTools, after the upgrade.
 *
 * @param endPoint closes it
 * @param channel reads and writes WebSocket frames, and blocks
 * @param early what came together with the answer to the upgrade; may be empty
 */
record BrowserSocket(EndPoint endPoint, SocketChannel channel, ByteBuffer early) implements BrowserSide {

    @Override
    public Splice join(String name, SocketChannel controller, @Nullable ControllerTap tap, Splice.Listener listener) {
        return new PumpedSplice(name, controller, this, tap, listener);
    }

    @Override
    public void close() {
        endPoint.close();
    }
}
