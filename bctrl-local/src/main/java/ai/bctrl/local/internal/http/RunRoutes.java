package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.NewArtifact;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.AddRunEventsRequest;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.CommandDetail;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.CommandStatus;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.ExecutionMode;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunOutcome;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.SortOrder;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The routes of runs. */
final class RunRoutes {

    private static final int DEFAULT_WAIT_MILLIS = 30_000;
    private static final int MAX_WAIT_MILLIS = 120_000;
    private static final int MAX_VIEW_SECONDS = 86_400;

    private final Services services;

    RunRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.now("listRuns", "GET", "/v1/runs", Route.Kind.READ, this::list),
                Route.now(
                        "getRun",
                        "GET",
                        "/v1/runs/{id}",
                        Route.Kind.READ,
                        call -> services.runs().get(call.path("id"))),
                Route.now("listRunEvents", "GET", "/v1/runs/{id}/events", Route.Kind.READ, this::events),
                new Route("waitRunEvent", "POST", "/v1/runs/{id}/events/wait", Route.Kind.READ, this::await),
                new Route(
                        "addRunEvents",
                        "POST",
                        "/v1/runs/{id}/events",
                        Route.Kind.CREATE,
                        call -> CompletableFuture.completedFuture(
                                services.tests().add(call.path("id"), call.body(AddRunEventsRequest.class)))),
                Route.now("streamRunEvents", "GET", "/v1/runs/{id}/events/stream", Route.Kind.READ, this::stream),
                Route.now("listRunCommands", "GET", "/v1/runs/{id}/commands", Route.Kind.READ, this::commands),
                Route.now("listRunActivity", "GET", "/v1/runs/{id}/activity", Route.Kind.READ, this::activity),
                Route.now("listRunArtifacts", "GET", "/v1/runs/{id}/artifacts", Route.Kind.READ, this::artifacts),
                Route.upload("addRunArtifact", "POST", "/v1/runs/{id}/artifacts", this::addArtifact),
                Route.now("createLiveViewer", "POST", "/v1/runs/{id}/live", Route.Kind.WRITE, this::live),
                Route.now(
                        "createRecordingViewer", "POST", "/v1/runs/{id}/recording", Route.Kind.WRITE, this::recording));
    }

    private Object list(Call call) {
        Query query = call.query();
        return services.runs()
                .list(new RunQuery(
                        query.uuid("runtimeId"),
                        query.uuid("spaceId"),
                        query.constant("status", RunStatus.class),
                        query.constant("outcome", RunOutcome.class),
                        query.text("search"),
                        query.text("cursor"),
                        query.limit(),
                        new JsonObject()));
    }

    private Object events(Call call) {
        Query query = call.query();
        String run = services.runs().get(call.path("id")).id();
        return services.events()
                .list(
                        run,
                        new EventQuery(
                                query.list("type"),
                                query.list("kind"),
                                query.uuid("connectionId"),
                                query.text("pageId"),
                                query.text("contextId"),
                                query.constant("order", SortOrder.class),
                                query.text("cursor"),
                                query.limit(),
                                new JsonObject()));
    }

    private Object stream(Call call) {
        Query query = call.query();
        String run = services.runs().get(call.path("id")).id();
        EventQuery events = new EventQuery(
                query.list("type"),
                query.list("kind"),
                query.uuid("connectionId"),
                query.text("pageId"),
                query.text("contextId"),
                null,
                query.text("cursor"),
                null,
                new JsonObject());
        return new EventStreamAnswer(services, run, events);
    }

    private CompletionStage<WaitedEvent> await(Call call) {
        String run = services.runs().get(call.path("id")).id();
        WaitForEventRequest request = call.bodyOrEmpty(WaitForEventRequest.class);
        int millis = request.timeoutMs() == null ? DEFAULT_WAIT_MILLIS : request.timeoutMs();
        if (millis < 0 || millis > MAX_WAIT_MILLIS) {
            throw ApiProblem.invalid(
                    "timeoutMs", "timeoutMs must be 0 to " + MAX_WAIT_MILLIS + " but is " + millis + ".");
        }
        return services.events().await(run, request, Duration.ofMillis(millis));
    }

    private Object commands(Call call) {
        Query query = call.query();
        return services.commands()
                .list(
                        call.path("id"),
                        new CommandQuery(
                                query.constants("status", CommandStatus.class),
                                query.constant("executionMode", ExecutionMode.class),
                                query.constants("include", CommandDetail.class),
                                query.constant("order", SortOrder.class),
                                query.text("cursor"),
                                query.limit(),
                                new JsonObject()));
    }

    private Object activity(Call call) {
        Query query = call.query();
        String run = services.runs().get(call.path("id")).id();
        return services.activity()
                .list(
                        run,
                        new ActivityQuery(
                                query.list("categories"),
                                query.text("level"),
                                query.text("cursor"),
                                query.limit(),
                                new JsonObject()));
    }

    private Object artifacts(Call call) {
        return services.artifacts().ofRun(call.path("id"), artifactQuery(call), call::contentUrl);
    }

    static ArtifactQuery artifactQuery(Call call) {
        Query query = call.query();
        return new ArtifactQuery(
                query.uuid("runtimeId"), query.list("kind"), query.text("cursor"), query.limit(), new JsonObject());
    }

    private Object addArtifact(Call call) {
        Query query = call.query();
        String kind = query.text("kind");
        String name = query.text("name");
        if (kind == null) {
            throw ApiProblem.invalid("kind", "kind must say what the artifact is, such as screenshot.");
        } else if (name == null) {
            throw ApiProblem.invalid("name", "name must be the artifact's file name.");
        }
        StorageRoutes.requireFits(services, call.upload());
        RunArtifact added = services.artifacts()
                .add(
                        call.path("id"),
                        new NewArtifact(kind, name, call.upload().contentType()),
                        call.upload().open());
        String space = Objects.requireNonNull(services.runs().get(added.runId()).spaceId());
        return Artifacts.addressed(added, call.contentUrl(space, added.fileId()));
    }

    /** Checks the query of a list that holds nothing yet: no answer ever gave a cursor for it. */
    static void emptyPage(Query query) {
        query.limit();
        if (query.text("cursor") != null) {
            throw ApiProblem.invalid("cursor", "cursor must be one that an earlier answer gave for this list.");
        }
    }

    private Object live(Call call) {
        String run = services.runs().get(call.path("id")).id();
        checkExpiry(call.bodyOrEmpty(CreateLiveViewRequest.class).expiresInSeconds());
        throw new ApiProblem(
                409,
                "run.live_not_available",
                "This control plane has no live view of its browsers yet.",
                Map.of("runId", run));
    }

    private Object recording(Call call) {
        String run = services.runs().get(call.path("id")).id();
        checkExpiry(call.bodyOrEmpty(CreateRecordingViewRequest.class).expiresInSeconds());
        throw new ApiProblem(
                409, "run.recording_not_available", "This control plane records no runs yet.", Map.of("runId", run));
    }

    private static void checkExpiry(@Nullable Integer seconds) {
        if (seconds != null && (seconds < 1 || seconds > MAX_VIEW_SECONDS)) {
            throw ApiProblem.invalid(
                    "expiresInSeconds",
                    "expiresInSeconds must be 1 to " + MAX_VIEW_SECONDS + " but is " + seconds + ".");
        }
    }
}
