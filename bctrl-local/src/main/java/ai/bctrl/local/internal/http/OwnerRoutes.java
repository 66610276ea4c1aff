package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.Owners;
import java.util.List;

/** The routes of those who make runtimes, and of their signs of life. */
final class OwnerRoutes {

    private static final String OWNER = "/v1/owners/{ownerId}";

    private final Services services;

    OwnerRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.now(
                        "heartbeatOwner",
                        "POST",
                        OWNER + "/heartbeat",
                        Route.Kind.WRITE,
                        call -> services.owners().heartbeat(call.path("ownerId"), call.body(Owners.Request.class))),
                new Route(
                        "leaveOwner",
                        "DELETE",
                        OWNER,
                        Route.Kind.WRITE,
                        call -> services.owners().leave(call.path("ownerId"))));
    }
}
