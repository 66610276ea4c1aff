package ai.bctrl.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens one socket: to the host or to a proxy, through it, and TLS on top. Immutable. */
final class Dialer {
    private final @Nullable ProxyAddress proxy;
    private final @Nullable TlsSettings tls;
    private final int timeoutMillis;

    Dialer(@Nullable ProxyAddress proxy, @Nullable TlsSettings tls, Duration timeout) {
        this.proxy = proxy;
        this.tls = tls;
        this.timeoutMillis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }

    Socket dial(String host, int port, boolean secure) throws IOException {
        Socket socket = new Socket();
        boolean ready = false;
        try {
            if (proxy == null) {
                socket.connect(resolved(host, port), timeoutMillis);
            } else {
                connectThrough(proxy, socket, InetSocketAddress.createUnresolved(host, port), timeoutMillis);
            }
            Socket usable = secure ? secured(socket, host, port) : socket;
            usable.setSoTimeout(0);
            ready = true;
            return usable;
        } finally {
            if (!ready) {
                socket.close();
            }
        }
    }

    /** Connects a fresh socket to a host through a proxy. */
    static void connectThrough(ProxyAddress proxy, Socket socket, InetSocketAddress target, int timeoutMillis)
            throws IOException {
        try {
            socket.connect(resolved(proxy.host(), proxy.port()), timeoutMillis);
        } catch (UnknownHostException unknown) {
            throw new ProxyRefusal("the name of the proxy " + proxy + " cannot be resolved");
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException unreachable) {
            throw new ProxyRefusal("the proxy " + proxy + " cannot be reached: " + unreachable.getMessage());
        }
        int before = socket.getSoTimeout();
        socket.setSoTimeout(timeoutMillis);
        ProxyHandshake handshake = new ProxyHandshake(proxy, socket);
        try {
            handshake.run(target.getHostString(), target.getPort());
        } catch (SocketTimeoutException silent) {
            throw new ProxyRefusal("the proxy " + proxy + " does not answer within " + timeoutMillis + " ms");
        }
        socket.setSoTimeout(before);
    }

    private static InetSocketAddress resolved(String host, int port) throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return address;
    }

    private Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls.sockets();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        socket.startHandshake();
        return socket;
    }
}
