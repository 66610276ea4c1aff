package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.relay.RelayHandler;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.service.Meters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The API on one port. Thread-safe. Whoever started it closes it. */
public final class HttpApi implements AutoCloseable {

    private static final int THREADS = 64;
    private static final Duration THREAD_IDLE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 1024;
    private static final int BACKLOG = 256;
    private static final int HEADER_BYTES = 16 << 10;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final CloseReason SHUT_DOWN = new CloseReason(1001, "control plane is shutting down");

    private final Server server;
    private final ServerConnector connector;
    private final RelayHandler relay;

    private HttpApi(Server server, ServerConnector connector, RelayHandler relay) {
        this.server = server;
        this.connector = connector;
        this.relay = relay;
    }

    /**
     * Binds the port and answers from then on.
     *
     * @param sites pages for people
     * @param host name or address to bind to
     * @param port 0 for a free one
     * @param maxRequestBytes the largest body
     * @throws IOException if the port cannot be bound
     */
    public static HttpApi start(Services services, List<Site> sites, String host, int port, int maxRequestBytes)
            throws IOException {
        // Jetty's own queue starts the JVM's management, a tenth of a second, only to lay out its memory.
        QueuedThreadPool threads =
                new QueuedThreadPool(THREADS, 4, (int) THREAD_IDLE.toMillis(), new LinkedBlockingQueue<>());
        threads.setName("bctrl-http");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("bctrl-http-scheduler", true), null);
        ErrorWriter errors = new ErrorWriter();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setShutdownIdleTimeout(50);
        connector.setAcceptQueueSize(BACKLOG);
        ConnectionGuard connections = new ConnectionGuard(server.getScheduler(), CONNECTIONS);
        connector.addBean(connections);
        RelayHandler relay = new RelayHandler(server, services.gate(), errors);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new AccountRoutes(services).routes());
        routes.addAll(new SpaceRoutes(services).routes());
        routes.addAll(new RuntimeRoutes(services).routes());
        routes.addAll(new RunRoutes(services).routes());
        routes.addAll(new StorageRoutes(services).routes());
        routes.addAll(new LiveRoutes(services).routes());
        routes.addAll(new OwnerRoutes(services).routes());
        if (services.meters() != Meters.NONE) {
            routes.add(Route.now("metrics", "GET", "/metrics", Route.Kind.READ, call -> metrics(services.meters())));
        }
        routes.add(new AgentContextRoute(services, routes).route());
        ApiHandler handler = new ApiHandler(
                services,
                new Router(routes),
                new HostGuard(host),
                new RequestBody(maxRequestBytes),
                errors,
                relay,
                sites,
                connections,
                threads);
        server.addConnector(connector);
        server.addBean(relay);
        server.setHandler(new GracefulHandler(handler));
        server.setErrorHandler(errors);
        server.setStopTimeout(STOP.toMillis());
        HttpApi api = new HttpApi(server, connector, relay);
        api.open();
        return api;
    }

    private static DirectAnswer metrics(Meters meters) {
        return (request, response, callback) -> {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            Content.Sink.write(response, true, meters.text(), callback);
        };
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        // Paths are taken apart before they are decoded and lead to no files: nothing in them is ambiguous here.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    private void open() throws IOException {
        try {
            server.start();
        } catch (Exception failed) {
            close();
            if (failed instanceof IOException unbound) {
                throw unbound;
            }
            throw new IOException("the HTTP server does not start: " + failed, failed);
        }
    }

    /** The port that is bound. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Ends open sockets, lets requests in work end for at most 2 s, and frees the port. */
    @Override
    public void close() {
        relay.closeAll(SHUT_DOWN, STOP);
        try {
            server.stop();
        } catch (Exception failed) {
            System.getLogger(HttpApi.class.getName())
                    .log(System.Logger.Level.WARNING, "the HTTP server did not stop cleanly", failed);
        }
    }
}
