package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback between Playwright's driver and a browser that is far away: carries files, goes through proxies and TLS,
 * and notices when the other side becomes silent. It takes one connection, at an address that nobody can guess. Thread-safe.
 * Whoever started it closes it.
 */
final class ClientRelay implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final Function<Socket, RelayedConnection> connections;
    private final ServerSocket front;
    private final String path;
    private volatile @Nullable RelayedConnection connection;
    private volatile @Nullable Socket waiting;
    private volatile boolean closed;

    private ClientRelay(Function<Socket, RelayedConnection> connections, ServerSocket front, String path) {
        this.connections = connections;
        this.front = front;
        this.path = path;
    }

    /** Whether a browser's address is one that this can stand before. */
    static boolean fits(String cdpUrl) {
        String lower = cdpUrl.toLowerCase(Locale.ROOT);
        return lower.startsWith("ws://") || lower.startsWith("wss://");
    }

    /**
     * Starts to listen.
     *
     * @throws BctrlException if there is no port to be had
     */
    static ClientRelay start(RelayTarget target) {
        byte[] token = new byte[24];
        new SecureRandom().nextBytes(token);
        String path = "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        RelayThreads threads = new RelayThreads();
        try {
            ServerSocket front = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
            ClientRelay relay = new ClientRelay(driver -> new RelayedConnection(target, driver, threads), front, path);
            threads.start("accept", relay::accept);
            return relay;
        } catch (IOException failed) {
            throw new BctrlException("no port on loopback for a browser of another machine: " + failed, failed);
        }
    }

    /** Where the driver finds the browser. */
    String url() {
        return "ws://127.0.0.1:" + front.getLocalPort() + path;
    }

    /** How the connection to the browser ended; null as long as it has not. */
    @Nullable
    RelayEnding ending() {
        RelayedConnection own = connection;
        return own == null ? null : own.ending();
    }

    private void accept() {
        try (front) {
            boolean served = false;
            while (!served) {
                served = serve(front.accept());
            }
        } catch (IOException gone) {
            // Closed, or nothing can be accepted any more; a driver that waits is told by its time-out.
        }
    }

    /** Whether it was the driver. */
    private boolean serve(Socket driver) {
        waiting = driver;
        try {
            driver.setTcpNoDelay(true);
            driver.setSoTimeout(CONNECT_MILLIS);
            InputStream in = new BufferedInputStream(driver.getInputStream());
            String head = HttpHead.read(in);
            if (!head.startsWith("GET " + path + " ")) {
                driver.getOutputStream()
                        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                driver.close();
                return closed;
            }
            RelayedConnection relayed = connections.apply(driver);
            connection = relayed;
            if (closed) {
                relayed.close();
            } else {
                relayed.open(in, head);
            }
            return true;
        } catch (IOException broken) {
            RelayedConnection.close(driver);
            return closed;
        }
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        closed = true;
        try {
            front.close();
        } catch (IOException over) {
            // The port goes with the process.
        }
        RelayedConnection.close(waiting);
        RelayedConnection own = connection;
        if (own != null) {
            own.close();
        }
    }
}
