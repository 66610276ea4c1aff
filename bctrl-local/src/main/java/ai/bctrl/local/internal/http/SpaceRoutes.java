package ai.bctrl.local.internal.http;

import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.UpdateSpaceRequest;
import java.util.ArrayList;
import java.util.List;

/** The routes of spaces. */
final class SpaceRoutes {

    private final Services services;

    SpaceRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.now(
                "listSpaces",
                "GET",
                "/v1/spaces",
                Route.Kind.READ,
                call -> services.spaces().list()));
        routes.add(Route.now(
                "createSpace",
                "POST",
                "/v1/spaces",
                Route.Kind.CREATE,
                call -> services.spaces().create(call.body(CreateSpaceRequest.class))));
        routes.add(Route.now(
                "getSpace",
                "GET",
                "/v1/spaces/{id}",
                Route.Kind.READ,
                call -> services.spaces().get(call.path("id"))));
        routes.add(Route.now(
                "updateSpace",
                "PATCH",
                "/v1/spaces/{id}",
                Route.Kind.WRITE,
                call -> services.spaces().update(call.path("id"), call.body(UpdateSpaceRequest.class))));
        routes.add(new Route(
                "deleteSpace",
                "DELETE",
                "/v1/spaces/{id}",
                Route.Kind.WRITE,
                call -> services.spaces().delete(call.path("id"))));
        routes.add(
                Route.now("listSpaceArtifacts", "GET", "/v1/spaces/{id}/artifacts", Route.Kind.READ, this::artifacts));
        return routes;
    }

    private Object artifacts(Call call) {
        return services.artifacts().ofSpace(call.path("id"), RunRoutes.artifactQuery(call), call::contentUrl);
    }
}
