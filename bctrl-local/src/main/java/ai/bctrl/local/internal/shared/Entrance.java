package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.loop.Loop;
import ai.bctrl.local.internal.loop.Upgrade;
import ai.bctrl.local.internal.loop.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How clients come to a shared browser: over a WebSocket on loopback with a path that nobody can guess, or with a socket
 * that is handed over. Each gets a connection of its own to the browser. Belongs to the loop's thread, but for what
 * returns a future.
 */
final class Entrance {

    private static final int BACKLOG = 256;

    private final Loop loop;
    private final Hub hub;
    private final URI devTools;
    private @Nullable ServerSocketChannel listener;

    Entrance(Loop loop, Hub hub, URI devTools) {
        this.loop = loop;
        this.hub = hub;
        this.devTools = devTools;
    }

    void open() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        listener = server;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        loop.register(server, SelectionKey.OP_ACCEPT, key -> accept(server));
    }

    void close() {
        ServerSocketChannel open = listener;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Closed is what it shall be.
            }
        }
    }

    URI url(String path) {
        ServerSocketChannel open = listener;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        return URI.create("ws://127.0.0.1:" + open.socket().getLocalPort() + "/" + path);
    }

    /** {@return the place of a client whose socket will be handed over; fails where the browser is not reached} */
    CompletableFuture<ClientPort.Seat> seat(String path) {
        CompletableFuture<ClientPort.Seat> seat = new CompletableFuture<>();
        loop.execute(() -> {
            Tenant tenant = hub.tenant(path);
            if (tenant == null) {
                seat.completeExceptionally(new IOException("the runtime has ended"));
                return;
            }
            try {
                Wire unused = Upgrade.ask(loop, devTools, new Upgrade.Outcome() {
                    @Override
                    public void done(Wire browser, String answer, byte[] fromBrowser) {
                        if (!answer.startsWith("HTTP/1.1 101 ") || tenant.isClosed()) {
                            browser.close();
                            seat.completeExceptionally(new IOException("the browser refused the upgrade"));
                            return;
                        }
                        Handover handover = new Handover(loop, hub, tenant, browser, fromBrowser);
                        if (!seat.complete(handover)) {
                            // Nobody waits for it any more.
                            handover.close();
                        }
                    }

                    @Override
                    public void failed() {
                        seat.completeExceptionally(new IOException("the browser did not answer the upgrade"));
                    }
                });
            } catch (IOException unreachable) {
                seat.completeExceptionally(unreachable);
            }
        });
        return seat;
    }

    private void accept(ServerSocketChannel server) {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                Upgrade.answer(loop, channel, new Greeting());
            }
        } catch (IOException e) {
            // Whoever came is gone again.
        }
    }

    /** A client has come; it is let in when its connection to the browser is there. */
    private final class Greeting implements Upgrade.Outcome {
        @Override
        public void done(Wire client, String header, byte[] early) throws IOException {
            String[] request = header.lines().findFirst().orElse("").split(" ", 3);
            String key = Upgrade.field(header, "Sec-WebSocket-Key");
            Tenant tenant = request.length == 3 && request[0].equals("GET") && request[1].startsWith("/")
                    ? hub.tenant(request[1].substring(1))
                    : null;
            if (tenant == null || key == null) {
                throw new IOException("nothing is served there");
            }
            client.read(false);
            Upgrade.ask(loop, devTools, new Upgrade.Outcome() {
                @Override
                public void done(Wire browser, String answer, byte[] fromBrowser) throws IOException {
                    if (!answer.startsWith("HTTP/1.1 101 ") || tenant.isClosed() || client.isOver()) {
                        client.close();
                        browser.close();
                        return;
                    }
                    byte[] accepted = Upgrade.accept(key);
                    client.write(accepted, 0, accepted.length);
                    Connection connection = new Connection(hub, tenant, client, browser);
                    tenant.connections().add(connection);
                    client.read(true);
                    connection.start(early, fromBrowser);
                }

                @Override
                public void failed() {
                    client.close();
                }
            });
        }

        @Override
        public void failed() {
            // It left before it had asked.
        }
    }
}
