package ai.bctrl.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes sockets that connect through a SOCKS proxy where one leads to their host. The JVM's own ask nobody for a password. */
final class RoutedSocketFactory extends SocketFactory {
    private static final int LONGEST_MILLIS = 60_000;

    private final Network network;
    private final boolean tls;

    RoutedSocketFactory(Network network, boolean tls) {
        this.network = network;
        this.tls = tls;
    }

    @Override
    public Socket createSocket() {
        return new Routed();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress target) throws IOException {
        Socket socket = new Routed();
        socket.connect(target, LONGEST_MILLIS);
        return socket;
    }

    private final class Routed extends Socket {
        private boolean proxied;

        @Override
        public void connect(SocketAddress target, int timeout) throws IOException {
            ProxyAddress proxy = !proxied && target instanceof InetSocketAddress host
                    ? network.proxyFor(host.getHostString(), tls)
                    : null;
            if (proxy == null || proxy.kind() != ProxyAddress.Kind.SOCKS5) {
                super.connect(target, timeout);
                return;
            }
            // The connection to the proxy itself comes back here.
            proxied = true;
            Dialer.connectThrough(proxy, this, (InetSocketAddress) target, timeout > 0 ? timeout : LONGEST_MILLIS);
        }
    }
}
