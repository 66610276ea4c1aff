package ai.bctrl.local.internal.http;

import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreatedConnection;
import java.util.List;

/** The routes of runtimes and their connections. */
final class RuntimeRoutes {

    private static final String RUNTIMES = "/v1/spaces/{id}/runtimes";
    private static final String RUNTIME = RUNTIMES + "/{runtimeId}";
    private static final String CONNECTIONS = RUNTIME + "/connections";

    private final Services services;

    RuntimeRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.now(
                        "listRuntimes",
                        "GET",
                        RUNTIMES,
                        Route.Kind.READ,
                        call -> services.runtimes().list(call.path("id"))),
                new Route(
                        "createRuntime",
                        "POST",
                        RUNTIMES,
                        Route.Kind.CREATE,
                        call -> services.runtimes()
                                .create(
                                        call.path("id"),
                                        call.body(CreateRuntimeRequest.class),
                                        call.caller().place(call.grant().keyId()))),
                Route.now(
                        "getRuntime",
                        "GET",
                        RUNTIME,
                        Route.Kind.READ,
                        call -> services.runtimes().get(call.path("id"), call.path("runtimeId"))),
                new Route(
                        "stopRuntime",
                        "POST",
                        RUNTIME + "/stop",
                        Route.Kind.WRITE,
                        call -> services.runtimes().stop(call.path("id"), call.path("runtimeId"))),
                Route.now(
                        "listConnections",
                        "GET",
                        CONNECTIONS,
                        Route.Kind.READ,
                        call -> services.connections().list(call.path("id"), call.path("runtimeId"))),
                Route.now("createConnection", "POST", CONNECTIONS, Route.Kind.CREATE, this::connect),
                Route.now(
                        "revokeConnection",
                        "DELETE",
                        CONNECTIONS + "/{connectionId}",
                        Route.Kind.WRITE,
                        call -> services.connections()
                                .revoke(call.path("id"), call.path("runtimeId"), call.path("connectionId"))));
    }

    private Object connect(Call call) {
        CreatedConnection created = services.connections()
                .create(
                        call.path("id"),
                        call.path("runtimeId"),
                        call.body(CreateConnectionRequest.class),
                        call.authority());
        // A client that sees this directory shares the file system with the browser.
        created.extra()
                .addProperty(
                        "filesDirectory",
                        services.runtimeFiles().directory(created.runtimeId()).toString());
        return created;
    }
}
