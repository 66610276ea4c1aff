package ai.bctrl.local.internal.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** Takes a controller's socket over from HTTP once the upgrade is answered. */
final class ControllerConnection extends AbstractConnection implements Connection.UpgradeTo {

    private final RelaySocket socket;
    private @Nullable ByteBuffer early;

    ControllerConnection(EndPoint endPoint, Executor executor, RelaySocket socket) {
        super(endPoint, executor);
        this.socket = socket;
    }

    @Override
    public void onUpgradeTo(@Nullable ByteBuffer buffer) {
        early = buffer;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // A test that thinks, or a person at a breakpoint, sends nothing for a long time.
        getEndPoint().setIdleTimeout(0);
        socket.open(early);
        early = null;
    }

    @Override
    public void onFillable() {
        // The pump waits for bytes itself.
    }
}
