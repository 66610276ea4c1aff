package ai.bctrl.samples.shop;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A running Kite Shop with its own stock, carts and accounts.
 *
 * <p>Listens on a free port of the loopback interface, so any number of shops run side by side. Whoever starts one
 * closes it; its threads are daemons and do not keep the JVM alive.
 *
 * <pre>{@code
 * try (ShopServer shop = ShopServer.start()) {
 *     page.navigate(shop.url());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ShopServer implements AutoCloseable {
    private static final Duration SOCKET_IDLE_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_THREADS = 24;

    private final Server server;
    private final int port;

    private ShopServer(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a shop.
     *
     * @return the shop, ready to answer
     * @throws IOException if no port of the loopback interface can be opened
     */
    public static ShopServer start() throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("bctrl-sample-shop");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("bctrl-sample-shop-timer", true), null);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);

        Catalogue catalogue = new Catalogue();
        Stock stock = new Stock(catalogue);
        Resources resources = new Resources();
        Pages pages = new Pages(resources);
        StockTicker ticker = new StockTicker(stock);
        WebSocketUpgradeHandler sockets = WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(SOCKET_IDLE_TIMEOUT);
            container.addMapping("/api/stock", (request, response, callback) -> new StockTicker.Connection(ticker));
        });
        sockets.setHandler(new ShopHandler(new ShopRoutes(catalogue, stock, pages, resources).router(), pages));
        server.setHandler(sockets);
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("Kite Shop did not start on 127.0.0.1", e);
        }
        return new ShopServer(server, connector.getLocalPort());
    }

    /** The address of the home page, with a slash at the end: {@code http://127.0.0.1:port/}. */
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /**
     * The address of a page.
     *
     * @param path the path with its leading slash, for example {@code /cart}
     */
    public String url(String path) {
        return URI.create(url()).resolve(path).toString();
    }

    /** Stops the shop; closing it again does nothing. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Kite Shop did not stop", e);
        }
    }
}
