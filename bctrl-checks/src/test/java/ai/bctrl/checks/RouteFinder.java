package ai.bctrl.checks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the operation that a request means and compares the answer with it. */
final class RouteFinder {
    private final Contract contract;
    private final Map<String, Pattern> routes = new TreeMap<>();

    RouteFinder(Contract contract) {
        this.contract = contract;
        for (String route : contract.routes(ApiRoutesTest.TAGS)) {
            routes.put(route, Pattern.compile(route.replaceAll("\\{[a-zA-Z]+}", "[^/?]+") + "(\\?.*)?"));
        }
    }

    List<String> problems(String method, String target, int status, String body) {
        String request = method + " " + target;
        if (request.equals(ApiRoutesTest.WHOAMI) && status == 200) {
            return Contract.flat().problems("Whoami", body);
        }
        for (Map.Entry<String, Pattern> route : routes.entrySet()) {
            if (route.getValue().matcher(request).matches()) {
                return contract.problemsOfAnswer(route.getKey(), status, body);
            }
        }
        return status >= 400 ? contract.problems("Error", body) : List.of("no such route in the contract");
    }
}
