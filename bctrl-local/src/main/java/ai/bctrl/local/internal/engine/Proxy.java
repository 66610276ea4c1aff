package ai.bctrl.local.internal.engine;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that carries all traffic of one browser, loopback included. Immutable.
 *
 * @param protocol what the proxy speaks
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param username null where the proxy wants no credentials
 * @param password null where the proxy wants no credentials
 */
public record Proxy(
        Protocol protocol,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password) {

    /** What a proxy speaks. */
    public enum Protocol {
        /** HTTP with {@code CONNECT}. */
        HTTP,
        /** SOCKS version 5; names are resolved by the proxy. */
        SOCKS5;

        /** The scheme of Chromium's {@code --proxy-server}. */
        String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Proxy {
        requireNonNull(protocol, "protocol");
        if (host.isBlank() || !host.chars().allMatch(c -> c > ' ' && c < 127 && ",;/\\@\"".indexOf(c) < 0)) {
            throw new IllegalArgumentException("proxy host must be a plain name or address but is '" + host + "'");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("proxy port must be 1 to 65535 but is " + port);
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("proxy username and password come together or not at all");
        }
        if (protocol == Protocol.SOCKS5 && (tooLong(username) || tooLong(password))) {
            throw new IllegalArgumentException("proxy username and password of SOCKS5 must be 1 to 255 bytes");
        }
    }

    private static boolean tooLong(@Nullable String value) {
        if (value == null) {
            return false;
        }
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        return length == 0 || length > 255;
    }

    /** Whether the proxy wants credentials. */
    public boolean hasCredentials() {
        return username != null;
    }

    /** {@code scheme://host:port} as Chromium takes it; no credentials. */
    public String server() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return protocol.scheme() + "://" + name + ":" + port;
    }

    /** Shows neither username nor password. */
    @Override
    public String toString() {
        return "Proxy[" + server() + (hasCredentials() ? ", credentials hidden" : "") + "]";
    }
}
