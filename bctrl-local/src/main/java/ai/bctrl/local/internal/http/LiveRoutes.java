package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.Holds;
import ai.bctrl.model.CreateLiveViewRequest;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** The routes to the live view of a run, and to holding its browser for those who look. */
final class LiveRoutes {

    private static final String LIVE = "/v1/runs/{id}/live";
    private static final String HOLD = "/v1/runs/{id}/hold";

    private final Services services;

    LiveRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.now("createLiveViewer", "POST", LIVE, Route.Kind.WRITE, this::create),
                Route.now("revokeLiveViewers", "DELETE", LIVE, Route.Kind.WRITE, this::revoke),
                Route.now("holdRun", "POST", HOLD, Route.Kind.WRITE, this::hold),
                Route.now("getRunHold", "GET", HOLD, Route.Kind.READ, this::state),
                Route.now("releaseRun", "DELETE", HOLD, Route.Kind.WRITE, this::release));
    }

    private Object create(Call call) {
        return services.liveLeases()
                .create(call.path("id"), call.bodyOrEmpty(CreateLiveViewRequest.class), call.authority());
    }

    private Object revoke(Call call) {
        JsonObject answer = new JsonObject();
        answer.addProperty("revoked", services.liveLeases().revokeAll(call.path("id")));
        return answer;
    }

    private Object hold(Call call) {
        Holds.Request request = call.body(Holds.Request.class);
        String run = services.runs().get(call.path("id")).id();
        services.holds()
                .hold(run, Duration.ofSeconds(request.seconds()), request.message() == null ? "" : request.message());
        return services.holds().state(run);
    }

    private Object state(Call call) {
        return services.holds().state(services.runs().get(call.path("id")).id());
    }

    private Object release(Call call) {
        String run = services.runs().get(call.path("id")).id();
        services.holds().release(run, Holds.Release.REQUEST);
        return services.holds().state(run);
    }
}
