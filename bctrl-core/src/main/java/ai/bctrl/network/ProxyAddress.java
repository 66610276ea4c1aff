package ai.bctrl.network;

import ai.bctrl.error.BctrlConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy. Immutable.
 *
 * @param kind what it speaks
 * @param host its host
 * @param port its port
 * @param username who uses it, or null
 * @param password its password, or null; never shown
 */
public record ProxyAddress(
        Kind kind,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password) {
    private static final int LONGEST_SOCKS_CREDENTIAL = 255;

    /** What a proxy speaks. */
    public enum Kind {
        /** HTTP: {@code CONNECT} for TLS and WebSockets. */
        HTTP,
        /** SOCKS 5; names are resolved by the proxy. */
        SOCKS5
    }

    /**
     * Reads {@code http://user:password@host:3128} or {@code socks5://host:1080}; without a scheme it is HTTP. Characters that
     * have a meaning in addresses are percent-encoded in user and password.
     *
     * @throws BctrlConfigurationException if it is no such address; the message does not quote it, as it may hold a password
     */
    public static ProxyAddress of(String address) {
        String text = address.strip();
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException malformed) {
            throw wrong("is not an address");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Kind kind = switch (scheme) {
            case "http" -> Kind.HTTP;
            case "socks", "socks5", "socks5h" -> Kind.SOCKS5;
            default -> throw wrong("begins with " + scheme + "://, which is not supported");
        };
        if (uri.getHost() == null) {
            throw wrong("names no host");
        }
        String credentials = uri.getRawUserInfo();
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        String user = credentials == null ? null : colon < 0 ? credentials : credentials.substring(0, colon);
        String password = credentials == null || colon < 0 ? null : credentials.substring(colon + 1);
        int port = uri.getPort() >= 0 ? uri.getPort() : kind == Kind.HTTP ? 80 : 1080;
        return new ProxyAddress(kind, unbracketed(uri.getHost()), port, decoded(user), decoded(password));
    }

    /**
     * Checks the values.
     *
     * @throws BctrlConfigurationException if one does not fit
     */
    public ProxyAddress {
        if (port < 1 || port > 65_535) {
            throw wrong("has the port " + port);
        }
        if (kind == Kind.SOCKS5 && (isTooLong(username) || isTooLong(password))) {
            throw wrong("has a user name or password of more than 255 bytes, which SOCKS 5 cannot carry");
        }
    }

    private static boolean isTooLong(@Nullable String credential) {
        return credential != null && credential.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKS_CREDENTIAL;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static @Nullable String decoded(@Nullable String part) {
        // A plus sign stands for itself here.
        return part == null ? null : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static BctrlConfigurationException wrong(String problem) {
        return new BctrlConfigurationException(
                "the proxy " + problem + "; it must look like http://host:3128 or socks5://user:password@host:1080");
    }

    /** Shows everything but the password. */
    @Override
    public String toString() {
        return (kind == Kind.HTTP ? "http://" : "socks5://") + (username == null ? "" : username + "@") + host + ":"
                + port;
    }
}
