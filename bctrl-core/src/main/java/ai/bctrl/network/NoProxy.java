package ai.bctrl.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts that are reached without a proxy, as {@code NO_PROXY} names them. Immutable. */
final class NoProxy {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<String> entries;

    private NoProxy(List<String> entries) {
        this.entries = entries;
    }

    /** Reads names, domains ({@code .corp.example}), addresses and networks ({@code 10.0.0.0/8}), with commas between them. */
    static NoProxy of(@Nullable String list) {
        return new NoProxy(
                list == null
                        ? List.of()
                        : Arrays.stream(list.split("[,\\s]+"))
                                .map(entry -> entry.toLowerCase(Locale.ROOT))
                                .filter(entry -> !entry.isEmpty())
                                .toList());
    }

    boolean matches(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> matches(entry, name));
    }

    private static boolean matches(String entry, String host) {
        if (entry.equals("*")) {
            return true;
        } else if (entry.contains("/")) {
            return isWithin(host, entry);
        }
        String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst("^([^:]+):\\d+$", "$1");
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean isWithin(String host, String network) {
        int slash = network.indexOf('/');
        byte[] address = literal(host);
        byte[] base = literal(network.substring(0, slash));
        String length = network.substring(slash + 1);
        if (address == null || base == null || address.length != base.length || !length.matches("\\d{1,3}")) {
            return false;
        }
        int bits = Math.min(Integer.parseInt(length), 8 * base.length);
        for (int i = 0; i < bits; i++) {
            if (((address[i / 8] ^ base[i / 8]) & (0x80 >> (i % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of an address; null for a name, which nobody is asked about. */
    private static byte @Nullable [] literal(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException name) {
            return null;
        }
    }
}
