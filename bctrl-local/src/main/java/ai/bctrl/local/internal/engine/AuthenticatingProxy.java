package ai.bctrl.local.internal.engine;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy on loopback that passes everything on to another one and adds the credentials, which Chromium does not take on
 * its command line. Thread-safe.
 *
 * <p>One thread listens, two carry each connection (Chromium opens 32 at most). {@link #close} ends them all.
 */
public final class AuthenticatingProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int BUFFER = 16 * 1024;

    private final Proxy upstream;
    private final ServerSocket listener;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private AuthenticatingProxy(Proxy upstream, ServerSocket listener) {
        this.upstream = upstream;
        this.listener = listener;
    }

    /**
     * Opens a port.
     *
     * @param upstream a proxy that wants credentials
     * @throws BrowserStartException if no port can be opened
     */
    public static AuthenticatingProxy start(Proxy upstream) {
        try {
            ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            AuthenticatingProxy proxy = new AuthenticatingProxy(upstream, listener);
            thread("bctrl-proxy-accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new BrowserStartException("No port can be opened for the proxy's forwarder: " + e.getMessage(), e);
        }
    }

    /** What the browser shall use: this proxy, without credentials. */
    public Proxy local() {
        return new Proxy(
                upstream.protocol(), listener.getInetAddress().getHostAddress(), listener.getLocalPort(), null, null);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket browser = listener.accept();
                thread("bctrl-proxy-" + browser.getPort(), () -> serve(browser));
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private void serve(Socket browser) {
        try (browser;
                Socket proxy = new Socket(java.net.Proxy.NO_PROXY)) {
            register(browser);
            register(proxy);
            browser.setTcpNoDelay(true);
            proxy.setTcpNoDelay(true);
            proxy.connect(new InetSocketAddress(upstream.host(), upstream.port()), CONNECT_MILLIS);
            if (upstream.protocol() == Proxy.Protocol.SOCKS5) {
                proxy.setSoTimeout(HANDSHAKE_MILLIS);
                SocksCredentials.negotiate(browser, proxy, username(), password());
                proxy.setSoTimeout(0);
            }
            Thread answers = thread("bctrl-proxy-answers-" + browser.getPort(), () -> copyAndClose(proxy, browser));
            if (upstream.protocol() == Proxy.Protocol.HTTP) {
                new HttpCredentials(username(), password()).forward(browser.getInputStream(), proxy.getOutputStream());
            } else {
                copy(browser, proxy);
            }
            proxy.shutdownOutput();
            answers.join();
        } catch (IOException e) {
            // The browser sees its connection end and says so in its own words.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(browser);
            open.removeIf(socket -> socket instanceof Socket other && other.isClosed());
        }
    }

    private String username() {
        return requireNonNull(upstream.username(), "username");
    }

    private String password() {
        return requireNonNull(upstream.password(), "password");
    }

    private void register(Socket socket) throws IOException {
        open.add(socket);
        if (closed) {
            throw new IOException("the proxy is closed");
        }
    }

    private static void copyAndClose(Socket from, Socket to) {
        try {
            copy(from, to);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
        } finally {
            // Who has no more answers to give needs no more questions.
            close(to);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = from.getInputStream().read(buffer);
                n >= 0;
                n = from.getInputStream().read(buffer)) {
            to.getOutputStream().write(buffer, 0, n);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Closed is what it shall be.
        }
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closed = true;
        close(listener);
        open.forEach(AuthenticatingProxy::close);
    }
}
