package ai.bctrl.network;

import ai.bctrl.error.BctrlConfigurationException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which proxy leads to a host: the one that was chosen, else the JVM's own, else that of the environment. Immutable. */
final class ProxyRules {
    private final @Nullable ProxyAddress chosen;
    private final boolean direct;
    private final NoProxy exceptions;
    private final boolean loopbackToo;
    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;

    ProxyRules(
            @Nullable ProxyAddress chosen,
            boolean direct,
            NoProxy exceptions,
            boolean loopbackToo,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment) {
        this.chosen = chosen;
        this.direct = direct;
        this.exceptions = exceptions;
        this.loopbackToo = loopbackToo;
        this.properties = properties;
        this.environment = environment;
    }

    @Nullable
    ProxyAddress proxyFor(String host, boolean tls) {
        if (direct || exceptions.matches(host) || (!loopbackToo && isLoopback(host))) {
            return null;
        } else if (chosen != null) {
            return chosen;
        }
        ProxyAddress ofJvm = ofJvm(host, tls);
        return ofJvm != null || jvmHasOne(tls) ? ofJvm : ofEnvironment(host, tls);
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d+){3}")
                || name.equals("::1")
                || name.equals("[::1]");
    }

    private boolean jvmHasOne(boolean tls) {
        return isSet(properties.apply(tls ? "https.proxyHost" : "http.proxyHost"))
                || isSet(properties.apply("socksProxyHost"));
    }

    private @Nullable ProxyAddress ofJvm(String host, boolean tls) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        for (Proxy proxy : selector.select(URI.create((tls ? "https://" : "http://") + bracketed + "/"))) {
            if (proxy.type() != Proxy.Type.DIRECT && proxy.address() instanceof InetSocketAddress address) {
                return proxy.type() == Proxy.Type.HTTP
                        ? new ProxyAddress(
                                ProxyAddress.Kind.HTTP,
                                address.getHostString(),
                                address.getPort(),
                                properties.apply(tls ? "https.proxyUser" : "http.proxyUser"),
                                properties.apply(tls ? "https.proxyPassword" : "http.proxyPassword"))
                        : new ProxyAddress(
                                ProxyAddress.Kind.SOCKS5,
                                address.getHostString(),
                                address.getPort(),
                                properties.apply("java.net.socks.username"),
                                properties.apply("java.net.socks.password"));
            }
        }
        return null;
    }

    private @Nullable ProxyAddress ofEnvironment(String host, boolean tls) {
        if (NoProxy.of(variable("NO_PROXY")).matches(host)) {
            return null;
        }
        String name = tls ? "HTTPS_PROXY" : "HTTP_PROXY";
        String value = variable(name);
        if (value == null) {
            name = "ALL_PROXY";
            value = variable(name);
        }
        if (value == null) {
            return null;
        }
        try {
            return ProxyAddress.of(value);
        } catch (BctrlConfigurationException malformed) {
            throw new BctrlConfigurationException("the environment variable " + name + ": " + malformed.getMessage());
        }
    }

    private @Nullable String variable(String name) {
        String value = environment.apply(name);
        value = isSet(value) ? value : environment.apply(name.toLowerCase(Locale.ROOT));
        return isSet(value) ? value : null;
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
