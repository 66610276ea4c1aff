package ai.bctrl.local.internal.console;

import ai.bctrl.local.internal.console.ConsoleSessions.Session;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the console, with its form. Immutable.
 *
 * @param post whether something is to be changed
 * @param path the parts of the path after {@code console}
 * @param query values of the query
 * @param form values of the form
 * @param authority host and port as the caller wrote them
 * @param session null where there is none
 */
record ConsoleRequest(
        boolean post,
        List<String> path,
        Map<String, String> query,
        Map<String, String> form,
        String authority,
        @Nullable Session session) {

    /** Values as browsers encode them in queries and forms; what is malformed is left out. */
    static Map<String, String> parse(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return values;
        }
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            try {
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (!name.isEmpty() && !value.isEmpty()) {
                    values.putIfAbsent(name, value);
                }
            } catch (IllegalArgumentException malformed) {
                // Our own forms write none.
            }
        }
        return values;
    }

    /** Whether the path is this; {@code *} stands for any part. */
    boolean is(String... parts) {
        if (parts.length != path.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals("*") && !parts[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The path and query to come back to after the sign-in. */
    String location() {
        return path.isEmpty() ? "/console" : "/console/" + String.join("/", path);
    }
}
