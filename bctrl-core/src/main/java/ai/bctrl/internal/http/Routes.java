package ai.bctrl.internal.http;

import ai.bctrl.network.Network;
import ai.bctrl.network.ProxyAddress;
import ai.bctrl.network.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes OkHttp connect as the network settings say. It speaks to HTTP proxies itself; SOCKS is beneath it. */
final class Routes {
    private static final String CREDENTIALS = "Proxy-Authorization";

    private Routes() {}

    static OkHttpClient.Builder through(Network network, boolean tls, OkHttpClient.Builder http) {
        http.proxySelector(new HttpProxies(network))
                .proxyAuthenticator((route, response) -> withCredentials(network, response))
                .socketFactory(network.sockets(tls))
                .dns(host -> lookup(network, host, tls));
        TlsSettings settings = network.tls();
        return settings == null ? http : http.sslSocketFactory(settings.sockets(), settings.trust());
    }

    private static List<InetAddress> lookup(Network network, String host, boolean tls) throws UnknownHostException {
        ProxyAddress proxy = network.proxyFor(host, tls);
        if (proxy != null && proxy.kind() == ProxyAddress.Kind.SOCKS5) {
            // The proxy resolves the name; the address stands for nothing.
            return List.of(InetAddress.getByAddress(host, new byte[4]));
        }
        return Dns.SYSTEM.lookup(host);
    }

    private static @Nullable Request withCredentials(Network network, Response response) {
        Request request = response.request();
        ProxyAddress proxy =
                network.proxyFor(request.url().host(), request.url().isHttps());
        String credentials = proxy == null ? null : Network.authorization(proxy);
        return credentials == null || request.header(CREDENTIALS) != null
                ? null
                : request.newBuilder().header(CREDENTIALS, credentials).build();
    }

    private static final class HttpProxies extends ProxySelector {
        private final Network network;

        HttpProxies(Network network) {
            this.network = network;
        }

        @Override
        public List<Proxy> select(URI uri) {
            ProxyAddress proxy = network.proxyFor(uri.getHost(), "https".equals(uri.getScheme()));
            return proxy == null || proxy.kind() != ProxyAddress.Kind.HTTP
                    ? List.of(Proxy.NO_PROXY)
                    : List.of(
                            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The failure is told where the call fails.
        }
    }
}
