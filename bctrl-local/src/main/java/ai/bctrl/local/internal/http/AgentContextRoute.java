package ai.bctrl.local.internal.http;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.AgentContext;
import ai.bctrl.model.ContextDetail;
import ai.bctrl.model.Space;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** The route that tells an agent what it can do here. */
final class AgentContextRoute {

    private static final List<String> RULES = List.of(
            "A runtime is one browser: create it, connect to it, stop it.",
            "One connection holds a runtime at a time; a second one is refused with runtime.controller_busy.",
            "endpoint.url of a connection is shown once and is a secret.",
            "A run keeps what happened in a runtime and can be read after its end.");

    private final Services services;
    private final List<Route> routes;

    /** Shows the routes that the list holds when it is asked. */
    AgentContextRoute(Services services, List<Route> routes) {
        this.services = services;
        this.routes = routes;
    }

    Route route() {
        return Route.now(
                "getAgentContext", "GET", "/v1/spaces/{id}/agent-context", Route.Kind.READ, this::agentContext);
    }

    private Object agentContext(Call call) {
        Space space = services.spaces().get(call.path("id"));
        String runtimeId = call.query().uuid("runtimeId");
        boolean full = call.query().constant("detail", ContextDetail.class) == ContextDetail.FULL;
        boolean examples = full || call.query().list("include").contains("examples");
        return new AgentContext(
                Json.tree(space).getAsJsonObject(),
                runtimeId == null
                        ? null
                        : Json.tree(services.runtimes().get(space.id(), runtimeId))
                                .getAsJsonObject(),
                routes.stream()
                        .map(route ->
                                new AgentContext.AgentOperation(route.id(), route.method() + " " + route.template()))
                        .toList(),
                Json.tree(RULES),
                examples ? Json.tree(List.of(example())) : null,
                Json.tree(Map.of("limit", Query.MAX_LIMIT, "ttlSeconds", 7200)),
                null);
    }

    private static JsonObject example() {
        JsonObject example = new JsonObject();
        example.addProperty("operation", "createRuntime");
        example.add("body", Json.tree(Map.of("type", "browser")));
        return example;
    }
}
