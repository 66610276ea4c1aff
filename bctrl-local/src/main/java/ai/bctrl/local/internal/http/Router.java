package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the operation that a request means. Thread-safe. */
final class Router {

    /** An operation and the values of its path. */
    record Match(Route route, Map<String, String> path) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    List<Route> routes() {
        return routes;
    }

    /** The parts of a raw path, decoded one by one: an encoded slash is no slash. */
    static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String part : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
            segments.add(Percent.decode(part));
        }
        return segments;
    }

    /** The operation, or 404 {@code route.not_found}, 405 {@code route.method_not_allowed}. */
    Match find(String method, List<String> segments) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> path = route.match(segments);
            if (path != null) {
                if (route.method().equals(wanted)) {
                    return new Match(route, path);
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw new ApiProblem(
                    404,
                    "route.not_found",
                    "There is no such route; GET /v1/spaces/{id}/agent-context lists all.",
                    Map.of());
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw notAllowed(List.copyOf(allowed));
    }

    /** For paths that are no route: 405 {@code route.method_not_allowed} unless the method is the one. */
    static void requireMethod(String method, String only) {
        if (!method.equals(only)) {
            throw notAllowed(List.of(only));
        }
    }

    private static ApiProblem notAllowed(List<String> allowed) {
        return new ApiProblem(
                405,
                "route.method_not_allowed",
                "This path takes " + String.join(", ", allowed) + ".",
                Map.of("allow", allowed));
    }
}
