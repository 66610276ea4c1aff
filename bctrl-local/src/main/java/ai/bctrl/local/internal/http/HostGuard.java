package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a web page of somebody else could have made a browser send: a name that was bound to our address
 * shows in {@code Host}, a foreign page in {@code Origin}. Thread-safe.
 */
final class HostGuard {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final String boundHost;
    private final boolean everywhere;
    private final String machine;

    HostGuard(String boundHost) {
        this.boundHost = strip(boundHost);
        this.everywhere = this.boundHost.equals("0.0.0.0") || this.boundHost.equals("::");
        this.machine = everywhere ? machineName() : this.boundHost;
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String strip(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /**
     * Checks a request.
     *
     * @param host the {@code Host} header; null where there is none
     * @param origin the {@code Origin} header; null where there is none
     * @param port the port that the request came in on
     * @return the host header
     */
    String check(@Nullable String host, @Nullable String origin, int port) {
        if (host == null || !isOurs(host, port)) {
            throw new ApiProblem(
                    403,
                    "request.host_forbidden",
                    "The Host header must name this control plane, for example 127.0.0.1:" + port + ".",
                    Map.of());
        }
        if (origin != null && !isOurs(origin, host, port)) {
            throw new ApiProblem(
                    403,
                    "request.origin_forbidden",
                    "The Origin header names another site; pages of other sites may not use this control plane.",
                    Map.of());
        }
        return host;
    }

    private boolean isOurs(String origin, String host, int port) {
        String authority = origin.startsWith("http://") ? origin.substring(7) : "";
        // Where any address is a host of ours, a page of any address would do as well.
        return isOurs(authority, port) && (!everywhere || authority.equalsIgnoreCase(host));
    }

    private boolean isOurs(String authority, int port) {
        var matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            return false;
        }
        String host = strip(matcher.group(1));
        int named = matcher.group(2) == null ? 80 : Integer.parseInt(matcher.group(2));
        boolean address = IPV4.matcher(host).matches() || host.indexOf(':') >= 0;
        if (everywhere) {
            // Behind a port mapping the caller's port is another; an address cannot be bound to us by a foreign name.
            return address || host.equals("localhost") || host.equals(machine);
        }
        return named == port && (host.equals(boundHost) || isLoopback(host, address));
    }

    private static boolean isLoopback(String host, boolean address) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || (address && (host.startsWith("127.") || host.equals("::1")));
    }
}
