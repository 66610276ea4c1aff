package ai.bctrl.local.internal.http;

import ai.bctrl.model.EffectiveScope;
import ai.bctrl.model.Whoami;
import java.util.List;

/** The routes about the caller. */
final class AccountRoutes {

    private static final String ORGANIZATION = "org_local";
    private static final String SCOPE = "organization";
    private static final String PLAN = "developer";

    private final Services services;

    AccountRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(Route.now("whoami", "GET", "/v1/auth/whoami", Route.Kind.READ, this::whoami));
    }

    private Object whoami(Call call) {
        String space = services.spaces().defaultSpaceId();
        return new Whoami(
                space,
                new EffectiveScope(SCOPE, ORGANIZATION, null, space),
                null,
                call.grant().keyId(),
                ORGANIZATION,
                PLAN,
                SCOPE,
                null);
    }
}
