package ai.bctrl.local.internal.relay;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Opens sockets to browsers' DevTools on the server's threads. Thread-safe once started. */
final class BrowserConnector extends ContainerLifeCycle {

    private final Server server;
    private final ClientConnector connector = new ClientConnector();

    BrowserConnector(Server server) {
        this.server = server;
        installBean(connector);
    }

    @Override
    protected void doStart() throws Exception {
        connector.setExecutor(server.getThreadPool());
        connector.setScheduler(server.getScheduler());
        connector.setByteBufferPool(server.getByteBufferPool());
        connector.setSelectors(1);
        connector.setConnectTimeout(BrowserHandshake.DEADLINE);
        connector.setIdleTimeout(Duration.ZERO);
        connector.setSslContextFactory(new NeverTls());
        super.doStart();
    }

    /** DevTools are never asked over TLS, and reading the system's certificates takes a tenth of a second. */
    private static final class NeverTls extends SslContextFactory.Client {
        @Override
        protected void doStart() {}
    }

    /**
     * Connects and makes the upgrade.
     *
     * @return the socket, of which the server's selectors know no more; fails where there is none within 5 s
     */
    CompletionStage<BrowserSocket> connect(URI devTools) {
        CompletableFuture<BrowserHandshake.Upgraded> result = new CompletableFuture<>();
        ClientConnectionFactory factory = (endPoint, context) ->
                new BrowserHandshake(endPoint, connector.getExecutor(), connector.getScheduler(), devTools, result);
        Map<String, Object> context = new ConcurrentHashMap<>();
        context.put(Transport.CONTEXT_KEY, Transport.TCP_IP);
        context.put(ClientConnectionFactory.CONTEXT_KEY, factory);
        context.put(
                ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY,
                Promise.<Connection>from(connection -> {}, result::completeExceptionally));
        connector.connect(new InetSocketAddress(devTools.getHost(), devTools.getPort()), context);
        return result.thenCompose(upgraded -> SocketOwnership.take(upgraded.endPoint(), connector)
                .thenApply(channel -> new BrowserSocket(upgraded.endPoint(), channel, upgraded.early())));
    }
}
