package ai.bctrl.checks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the operation that a request means and compares the answer with it. */
final class RouteFinder {
    private final Contract contract;
    private final Contract flat = Contract.flat();
    private final Map<String, Pattern> routes = new TreeMap<>();

    RouteFinder(Contract contract) {
        this.contract = contract;
        for (String route : contract.routes(ApiRoutesTest.TAGS)) {
            routes.put(route, Pattern.compile(route.replaceAll("\\{[a-zA-Z]+}", "[^/?]+") + "(\\?.*)?"));
        }
    }

    /** The operation that a request means, or the request itself if it means none. */
    String route(String method, String target) {
        String request = method + " " + target;
        return routes.entrySet().stream()
                .filter(route -> route.getValue().matcher(request).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(request);
    }

    List<String> problems(String method, String target, int status, String body) {
        String route = route(method, target);
        if (route.equals(ApiRoutesTest.WHOAMI) && status == 200) {
            return flat.problems("Whoami", body);
        } else if (routes.containsKey(route)) {
            return contract.problemsOfAnswer(route, status, body);
        }
        return status >= 400 ? contract.problems("Error", body) : List.of("no such route in the contract");
    }
}
