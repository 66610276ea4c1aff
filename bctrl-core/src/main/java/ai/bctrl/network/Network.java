package ai.bctrl.network;

import ai.bctrl.error.BctrlConfigurationException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a service and its browsers are made: through which proxy, whom TLS trusts, and with which certificate it
 * introduces itself. Immutable and thread-safe; holds no connection.
 *
 * <pre>{@code
 * Network network = Network.builder()
 *         .proxy("http://user:password@proxy.corp.example:3128")
 *         .trustStore(Path.of("corp-ca.pem"), null)
 *         .build();
 * }</pre>
 *
 * <p><b>Proxies.</b> Without a choice those of the JVM count ({@code https.proxyHost}, {@code http.proxyHost}, {@code
 * socksProxyHost}, {@code http.nonProxyHosts}), else those of the environment ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
 * ALL_PROXY}, {@code NO_PROXY}). Loopback is reached without one, unless {@link Builder#proxyLoopback} says otherwise.
 */
public final class Network {
    private static final Network SYSTEM = builder().build();

    private final ProxyRules proxies;
    private final @Nullable TlsSettings tls;
    private final String shown;

    private Network(ProxyRules proxies, @Nullable TlsSettings tls, String shown) {
        this.proxies = proxies;
        this.tls = tls;
        this.shown = shown;
    }

    /** {@return the proxies of JVM and environment, and the certificates that the JVM trusts} */
    public static Network system() {
        return SYSTEM;
    }

    /** {@return a builder that starts from {@link #system()}} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the proxy that leads to a host, or null if none is needed} */
    public @Nullable ProxyAddress proxyFor(String host, boolean tls) {
        return proxies.proxyFor(host, tls);
    }

    /** {@return what TLS connections are made with, or null if that is the JVM's own} */
    public @Nullable TlsSettings tls() {
        return tls;
    }

    /** {@return whether a host is this machine itself, as far as its name tells} */
    public static boolean isLoopback(String host) {
        return ProxyRules.isLoopback(host);
    }

    /**
     * {@return whether only {@link #dial} gets to a host as these settings want: through a proxy, or with certificates of its
     * own}
     */
    public boolean isNeededFor(String host, boolean tls) {
        return (tls && this.tls != null) || proxyFor(host, tls) != null;
    }

    /**
     * Opens a socket.
     *
     * @param timeout how long each step of it may take
     * @return the socket, ready to be used, to be closed by the caller
     * @throws IOException if it cannot be had; {@link NetworkFault#of} says why in words
     */
    public Socket dial(String host, int port, boolean tls, Duration timeout) throws IOException {
        return new Dialer(proxyFor(host, tls), this.tls, timeout).dial(host, port, tls);
    }

    /**
     * {@return what makes plain sockets that go through a SOCKS proxy where one leads to the host; other proxies are the
     * caller's to speak to}
     *
     * @param tls whether TLS will be spoken over them
     */
    public SocketFactory sockets(boolean tls) {
        return new RoutedSocketFactory(this, tls);
    }

    /** {@return the value of {@code Proxy-Authorization} for a proxy, or null if it has no user} */
    public static @Nullable String authorization(ProxyAddress proxy) {
        return ProxyHandshake.basic(proxy);
    }

    /** Shows what was chosen, but no password. */
    @Override
    public String toString() {
        return "Network[" + shown + "]";
    }

    /** Collects the settings of a {@link Network}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ProxyAddress proxy;
        private boolean direct;
        private @Nullable String noProxy;
        private boolean proxyLoopback;
        private @Nullable Path trustStore;
        private @Nullable String trustStorePassword;
        private @Nullable Path keyStore;
        private @Nullable String keyStorePassword;

        private Builder() {}

        /**
         * Sets the proxy: an address as {@link ProxyAddress#of} reads it, or {@code none} for no proxy at all.
         *
         * @throws BctrlConfigurationException if it is neither
         */
        public Builder proxy(String address) {
            direct = address.strip().equalsIgnoreCase("none");
            proxy = direct ? null : ProxyAddress.of(address);
            return this;
        }

        /** Sets the proxy. */
        public Builder proxy(ProxyAddress address) {
            direct = false;
            proxy = address;
            return this;
        }

        /**
         * Sets the hosts that are reached without a proxy: names, domains ({@code .corp.example}), addresses and networks
         * ({@code 10.0.0.0/8}), with commas between them.
         */
        public Builder noProxy(String hosts) {
            noProxy = hosts;
            return this;
        }

        /** Sets whether loopback is reached through the proxy too; false by default. */
        public Builder proxyLoopback(boolean proxyLoopback) {
            this.proxyLoopback = proxyLoopback;
            return this;
        }

        /**
         * Sets whose certificates are trusted, instead of whom the JVM trusts.
         *
         * @param file certificates in a PEM, PKCS12 or JKS file
         * @param password of the file; null if it needs none, as PEM does
         */
        public Builder trustStore(Path file, @Nullable String password) {
            trustStore = file;
            trustStorePassword = password;
            return this;
        }

        /**
         * Sets the key and the certificate that are shown to a service that asks for them (mutual TLS).
         *
         * @param file both in one PEM, PKCS12 or JKS file; the key of a PEM file is in PKCS8 form
         * @param password of the file and of its key; null if it needs none
         */
        public Builder keyStore(Path file, @Nullable String password) {
            keyStore = file;
            keyStorePassword = password;
            return this;
        }

        /**
         * {@return the settings}
         *
         * @throws BctrlConfigurationException if a file cannot be read
         */
        public Network build() {
            Certificates trusted =
                    trustStore == null ? null : new Certificates("trust store", trustStore, trustStorePassword);
            Certificates identity = keyStore == null ? null : new Certificates("key store", keyStore, keyStorePassword);
            return new Network(
                    new ProxyRules(
                            proxy, direct, NoProxy.of(noProxy), proxyLoopback, System::getProperty, System::getenv),
                    trusted == null && identity == null ? null : TlsSettings.of(trusted, identity),
                    "proxy=" + (direct ? "none" : proxy == null ? "as JVM and environment say" : proxy)
                            + ", trustStore=" + (trustStore == null ? "the JVM's" : trustStore) + ", keyStore="
                            + (keyStore == null ? "none" : keyStore));
        }
    }
}
