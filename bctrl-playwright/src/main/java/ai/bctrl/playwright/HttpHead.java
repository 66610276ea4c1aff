package ai.bctrl.playwright;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The lines before the first WebSocket frame. Stateless. */
final class HttpHead {
    private static final int LONGEST = 32 << 10;
    private static final Set<String> NOT_PASSED = Set.of("host", "sec-websocket-extensions");

    private HttpHead() {}

    static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LONGEST) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("a head is cut off");
            }
            head.append((char) next);
            if (next == '\n' && head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
        }
        throw new IOException("a head is too long");
    }

    /** The driver's request as it is sent to the browser. */
    static String request(String ofDriver, URI target) {
        String query = target.getRawQuery();
        String resource =
                (target.getRawPath().isEmpty() ? "/" : target.getRawPath()) + (query == null ? "" : "?" + query);
        List<String> lines = new ArrayList<>();
        lines.add("GET " + resource + " HTTP/1.1");
        lines.add("Host: " + target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort()));
        for (String line : ofDriver.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && !line.startsWith("GET ")
                    && !NOT_PASSED.contains(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
                lines.add(line);
            }
        }
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
