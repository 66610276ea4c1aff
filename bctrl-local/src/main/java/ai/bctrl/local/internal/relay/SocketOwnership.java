package ai.bctrl.local.internal.relay;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.component.Container;

/**
 * Takes sockets out of a server's selectors, once HTTP is through with them. The server still counts such a socket and
 * closes it through its end point, but neither reads nor writes it. Stateless.
 */
final class SocketOwnership {

    private SocketOwnership() {}

    /** {@return the end point's socket, which blocks from then on; fails where the server is stopping} */
    static CompletableFuture<SocketChannel> take(EndPoint endPoint, Container server) {
        CompletableFuture<SocketChannel> taken = new CompletableFuture<>();
        if (!(endPoint.getTransport() instanceof SocketChannel channel)) {
            taken.completeExceptionally(new IOException("not a socket: " + endPoint.getTransport()));
            return taken;
        }
        for (ManagedSelector selector : server.getContainedBeans(ManagedSelector.class)) {
            SelectionKey key = channel.keyFor(selector.getSelector());
            if (key != null) {
                // A selector tells end points to set their interest behind its updates: let it have done so once.
                selector.submit(first -> selector.submit(second -> release(key, channel, taken)));
                return taken;
            }
        }
        taken.completeExceptionally(new IOException("the socket is not served any more"));
        return taken;
    }

    private static void release(SelectionKey key, SocketChannel channel, CompletableFuture<SocketChannel> taken) {
        try {
            key.cancel();
            channel.configureBlocking(true);
            taken.complete(channel);
        } catch (IOException | RuntimeException gone) {
            taken.completeExceptionally(gone);
        }
    }
}
