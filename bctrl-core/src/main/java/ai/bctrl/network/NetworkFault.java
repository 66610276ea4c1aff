package ai.bctrl.network;

import ai.bctrl.error.ConnectionFault;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong with a connection, and what to do. Immutable.
 *
 * @param kind what it was
 * @param sentence the same for people, without secrets
 */
public record NetworkFault(ConnectionFault kind, String sentence) {
    private static final int DEEPEST = 10;

    /**
     * {@return what a failure means}
     *
     * @param host to which the connection should lead
     */
    public static NetworkFault of(IOException failure, String host) {
        NetworkFault tls = failure instanceof SSLException ? ofTls(failure, host) : null;
        if (tls != null) {
            return tls;
        } else if (failure instanceof ProxyRefusal) {
            return new NetworkFault(ConnectionFault.PROXY, message(failure));
        } else if (failure instanceof UnknownHostException) {
            return new NetworkFault(
                    ConnectionFault.DNS,
                    "the name " + host + " cannot be resolved (DNS); check the address, or the proxy that resolves it");
        } else if (failure instanceof NoRouteToHostException) {
            return new NetworkFault(ConnectionFault.UNREACHABLE, "there is no route to " + host);
        } else if (failure instanceof SocketTimeoutException) {
            return new NetworkFault(ConnectionFault.TIMEOUT, host + " does not answer: " + message(failure));
        } else if (failure instanceof ConnectException) {
            return ofConnect(failure, host);
        }
        return ofText(failure, host);
    }

    /**
     * {@return what a failure means where somebody else speaks to the proxy}
     *
     * @param proxy that was to be gone through, or null
     */
    public static NetworkFault of(IOException failure, String host, @Nullable ProxyAddress proxy) {
        boolean ofProxy = proxy != null
                && proxy.kind() == ProxyAddress.Kind.HTTP
                && (failure instanceof UnknownHostException
                        || failure instanceof NoRouteToHostException
                        || failure instanceof ConnectException);
        return ofProxy
                ? new NetworkFault(
                        ConnectionFault.PROXY, "the proxy " + proxy + " cannot be reached: " + message(failure))
                : of(failure, host);
    }

    private static NetworkFault ofConnect(IOException failure, String host) {
        String text = message(failure).toLowerCase(Locale.ROOT);
        if (text.contains("timed out")) {
            return new NetworkFault(ConnectionFault.TIMEOUT, host + " does not answer: " + message(failure));
        } else if (text.contains("unreachable")) {
            return new NetworkFault(ConnectionFault.UNREACHABLE, "there is no route to " + host);
        }
        return new NetworkFault(
                ConnectionFault.REFUSED,
                "nobody listens there (connection refused); does the service run, and is the port right?");
    }

    private static NetworkFault ofText(IOException failure, String host) {
        String text = message(failure);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authenticate with proxy") || lower.contains("proxy authentication")) {
            return new NetworkFault(
                    ConnectionFault.PROXY,
                    "the proxy wants a user name and password, or refused those it was given (407)");
        } else if (lower.contains("unexpected response code for connect")) {
            return new NetworkFault(
                    ConnectionFault.PROXY, "the proxy refused the connection to " + host + ": " + lower);
        } else if (failure instanceof EOFException || lower.contains("unexpected end of stream")) {
            return new NetworkFault(ConnectionFault.BROKEN, "the answer was cut off: " + text);
        }
        return new NetworkFault(ConnectionFault.BROKEN, "the connection broke: " + text);
    }

    private static NetworkFault ofTls(IOException failure, String host) {
        String said = message(failure);
        String lower = said.toLowerCase(Locale.ROOT);
        if (find(failure, CertificateExpiredException.class) != null
                || find(failure, CertificateNotYetValidException.class) != null) {
            boolean early = find(failure, CertificateExpiredException.class) == null;
            return new NetworkFault(
                    ConnectionFault.TLS_EXPIRED,
                    "the TLS certificate of " + host + (early ? " is not valid yet" : " has expired")
                            + "; renew it, or set this machine's clock, which says "
                            + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        } else if (failure instanceof SSLPeerUnverifiedException
                || lower.contains("no name matching")
                || lower.contains("no subject alternative")) {
            return new NetworkFault(
                    ConnectionFault.TLS_WRONG_NAME,
                    "the TLS certificate is not for " + host + "; use the name that it is for");
        } else if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null
                || lower.contains("unable to find valid certification path")) {
            return new NetworkFault(
                    ConnectionFault.TLS_UNTRUSTED,
                    "the TLS certificate of " + host + " is not trusted; name the authority that signed it with"
                            + " trustStore (bctrl.trustStore)");
        } else if (lower.contains("bad_certificate")
                || lower.contains("certificate_required")
                || lower.contains("certificate_unknown")
                || lower.contains("unknown_ca")) {
            return new NetworkFault(
                    ConnectionFault.TLS_CLIENT_CERTIFICATE,
                    host + " wants a client certificate, or does not take the one it was shown (" + said
                            + "); set keyStore (bctrl.keyStore)");
        } else if (lower.contains("plaintext") || lower.contains("unsupported or unrecognized ssl message")) {
            return new NetworkFault(
                    ConnectionFault.TLS,
                    host + " does not speak TLS at this port; is the address http rather than https?");
        } else if (find(failure, EOFException.class) != null || lower.contains("terminated the handshake")) {
            return new NetworkFault(ConnectionFault.BROKEN, host + " broke off the TLS handshake");
        }
        return new NetworkFault(ConnectionFault.TLS, "TLS with " + host + " failed: " + said);
    }

    static String proxyWantsCredentials(ProxyAddress proxy) {
        return "the proxy " + proxy
                + (proxy.username() == null
                        ? " wants a user name and password"
                        : " refused the user name or the password");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable link = failure; link != null && depth < DEEPEST; link = link.getCause(), depth++) {
            if (type.isInstance(link)) {
                return type.cast(link);
            }
        }
        return null;
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
