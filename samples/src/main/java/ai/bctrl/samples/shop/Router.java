package ai.bctrl.samples.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request; a part of a path in braces matches anything and is handed on under its name. */
final class Router {
    /** Answers a request. */
    interface Route {
        void answer(Exchange exchange);
    }

    /** A route with the values of the path's named parts. */
    record Match(Route route, Map<String, String> parameters) {}

    private record Entry(String method, List<String> pattern, Route route) {}

    private final List<Entry> entries = new ArrayList<>();

    Router on(String method, String pattern, Route route) {
        entries.add(new Entry(method, parts(pattern), route));
        return this;
    }

    Optional<Match> find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Entry entry : entries) {
            Map<String, String> parameters = parameters(entry.pattern(), parts(path));
            if (parameters != null && entry.method().equals(wanted)) {
                return Optional.of(new Match(entry.route(), parameters));
            }
        }
        return Optional.empty();
    }

    /** The methods that a path has routes for, as an {@code Allow} header; empty if there is no such path. */
    String allowed(String path) {
        TreeSet<String> methods = new TreeSet<>();
        for (Entry entry : entries) {
            if (parameters(entry.pattern(), parts(path)) != null) {
                methods.add(entry.method());
            }
        }
        return String.join(", ", methods);
    }

    private static List<String> parts(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static @Nullable Map<String, String> parameters(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = pattern.get(i);
            if (part.startsWith("{")) {
                parameters.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return null;
            }
        }
        return parameters;
    }
}
