package ai.bctrl;

import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.ActivityList;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.AddRunEventsRequest;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.HoldRunRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RecordingExport;
import ai.bctrl.model.RecordingView;
import ai.bctrl.model.RevokedViewers;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunArtifactList;
import ai.bctrl.model.RunCommand;
import ai.bctrl.model.RunCommandList;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RunHold;
import ai.bctrl.model.RunList;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Runs: durable records of what happened while a runtime was active. Got from {@link BctrlClient#runs()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Runs {
    private final Transport transport;

    Runs(Transport transport) {
        this.transport = transport;
    }

    private static final int DEFAULT_WAIT_MS = 30_000;

    /**
     * Lists runs, newest first.
     *
     * @param query which runs
     * @return the first page
     */
    @ApiRoute("GET /v1/runs")
    public Page<Run> list(RunQuery query) {
        return list(query, RequestOptions.none());
    }

    /** Like {@link #list(RunQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/runs")
    public Page<Run> list(RunQuery query, RequestOptions options) {
        RunList page = transport.send(options.applyTo(ApiCall.get("runs").query(query)), RunList.class);
        return new Page<>(
                page.runs(),
                page.nextCursor(),
                cursor -> list(
                        new RunQuery(
                                query.runtimeId(),
                                query.spaceId(),
                                query.status(),
                                query.outcome(),
                                query.search(),
                                cursor,
                                query.limit(),
                                query.extra()),
                        options));
    }

    /**
     * Reads a run.
     *
     * @param runId the run
     * @return the run
     */
    @ApiRoute("GET /v1/runs/{id}")
    public Run get(String runId) {
        return get(runId, RequestOptions.none());
    }

    /** Like {@link #get(String)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}")
    public Run get(String runId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.get("runs", runId)), Run.class);
    }

    /**
     * Ends all live viewers of a run, whoever has their links. An addition of bctrl-local.
     *
     * @param runId the run
     * @return how many there were
     */
    @ApiRoute("DELETE /v1/runs/{id}/live")
    public RevokedViewers revokeLive(String runId) {
        return revokeLive(runId, RequestOptions.none());
    }

    /** Like {@link #revokeLive(String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/runs/{id}/live")
    public RevokedViewers revokeLive(String runId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.delete("runs", runId, "live")), RevokedViewers.class);
    }

    /**
     * Has the recording of a run made into a video file, unless that is done; of an active run, up to this moment. Returns at
     * once: ask again until it is ready or failed. An addition of bctrl-local.
     *
     * @param runId the run
     * @return how far it is
     */
    @ApiRoute("POST /v1/runs/{id}/recording/export")
    public RecordingExport exportRecording(String runId) {
        return exportRecording(runId, RequestOptions.none());
    }

    /** Like {@link #exportRecording(String)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/recording/export")
    public RecordingExport exportRecording(String runId, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("runs", runId, "recording", "export")), RecordingExport.class);
    }

    /**
     * Tells the viewers of an active run that its browser is held for them. An addition of bctrl-local: others answer with
     * {@link ai.bctrl.error.NotFoundException}.
     *
     * @param runId the run
     * @param request for how long, and why
     * @return the hold
     */
    @ApiRoute("POST /v1/runs/{id}/hold")
    public RunHold hold(String runId, HoldRunRequest request) {
        return hold(runId, request, RequestOptions.none());
    }

    /** Like {@link #hold(String, HoldRunRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/hold")
    public RunHold hold(String runId, HoldRunRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("runs", runId, "hold").body(request)), RunHold.class);
    }

    /**
     * Asks whether a run's browser is still held. An addition of bctrl-local.
     *
     * @param runId the run
     * @return the hold; one that a viewer has ended is not held
     */
    @ApiRoute("GET /v1/runs/{id}/hold")
    public RunHold held(String runId) {
        return held(runId, RequestOptions.none());
    }

    /** Like {@link #held(String)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}/hold")
    public RunHold held(String runId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.get("runs", runId, "hold")), RunHold.class);
    }

    /**
     * Ends the hold of a run's browser; does nothing where there is none. An addition of bctrl-local.
     *
     * @param runId the run
     * @return the hold, which is over
     */
    @ApiRoute("DELETE /v1/runs/{id}/hold")
    public RunHold release(String runId) {
        return release(runId, RequestOptions.none());
    }

    /** Like {@link #release(String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/runs/{id}/hold")
    public RunHold release(String runId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.delete("runs", runId, "hold")), RunHold.class);
    }

    /**
     * Lists events of a run.
     *
     * @param runId the run
     * @param query which events
     * @return the first page
     */
    @ApiRoute("GET /v1/runs/{id}/events")
    public Page<RunEvent> events(String runId, EventQuery query) {
        return events(runId, query, RequestOptions.none());
    }

    /** Like {@link #events(String, EventQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}/events")
    public Page<RunEvent> events(String runId, EventQuery query, RequestOptions options) {
        RunEventList page = transport.send(
                options.applyTo(ApiCall.get("runs", runId, "events").query(query)), RunEventList.class);
        return new Page<>(
                page.events(),
                page.nextCursor(),
                cursor -> events(
                        runId,
                        new EventQuery(
                                query.type(),
                                query.kind(),
                                query.connectionId(),
                                query.pageId(),
                                query.contextId(),
                                query.order(),
                                cursor,
                                query.limit(),
                                query.extra()),
                        options));
    }

    /**
     * Waits in one request until an event that fits has happened or the time of the request is over.
     *
     * @param runId the run
     * @param request the filter and how long to wait
     * @return the event, or that the time ran out
     */
    @ApiRoute("POST /v1/runs/{id}/events/wait")
    public WaitedEvent waitForEvent(String runId, WaitForEventRequest request) {
        return waitForEvent(runId, request, RequestOptions.none());
    }

    /** Like {@link #waitForEvent(String, WaitForEventRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/events/wait")
    public WaitedEvent waitForEvent(String runId, WaitForEventRequest request, RequestOptions options) {
        int longest = request.timeoutMs() == null ? DEFAULT_WAIT_MS : request.timeoutMs();
        // The server waits up to this long before it answers at all.
        ApiCall.Builder call = ApiCall.post("runs", runId, "events", "wait")
                .body(request)
                .repeatable()
                .timeout(transport.requestTimeout().plusMillis(longest));
        return transport.send(options.applyTo(call), WaitedEvent.class);
    }

    /**
     * Waits until an event that fits has happened, with as many requests as that takes.
     *
     * @param runId the run
     * @param request the filter; its own time-out bounds each single request
     * @param timeout how long to wait altogether
     * @return the event
     * @throws BctrlTimeoutException if the time runs out
     */
    public RunEvent awaitEvent(String runId, WaitForEventRequest request, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        int longest = request.timeoutMs() == null ? DEFAULT_WAIT_MS : request.timeoutMs();
        while (true) {
            long leftMs = Math.max(0, (end - System.nanoTime()) / 1_000_000);
            WaitForEventRequest step = new WaitForEventRequest(
                    request.connectionId(),
                    request.contextId(),
                    request.cursor(),
                    request.kind(),
                    request.type(),
                    (int) Math.min(leftMs, longest),
                    request.pageId(),
                    request.extra());
            RunEvent event = waitForEvent(runId, step).event();
            if (event != null) {
                return event;
            }
            if (System.nanoTime() - end >= 0) {
                throw new BctrlTimeoutException(
                        "no event within " + timeout.toMillis() + " ms in run " + runId + " that fits type "
                                + request.type() + " and kind " + request.kind(),
                        null);
            }
        }
    }

    /**
     * Follows the events of a run to its end, or lists all of a run that is over. An addition of the local control plane.
     *
     * @param runId the run
     * @param query which events; its cursor may also be the id of the last event that was seen; order and limit do not count
     * @return the events, to be closed by the caller
     */
    @ApiRoute("GET /v1/runs/{id}/events/stream")
    public EventStream stream(String runId, EventQuery query) {
        return stream(runId, query, RequestOptions.none());
    }

    /**
     * Like {@link #stream(String, EventQuery)}, with settings for this call: its time-out bounds each wait for an event, and
     * how long a lost connection may take to come back.
     */
    @ApiRoute("GET /v1/runs/{id}/events/stream")
    public EventStream stream(String runId, EventQuery query, RequestOptions options) {
        EventQuery unordered = new EventQuery(
                query.type(),
                query.kind(),
                query.connectionId(),
                query.pageId(),
                query.contextId(),
                null,
                query.cursor(),
                null,
                query.extra());
        Duration patience = options.timeout() == null ? transport.requestTimeout() : options.timeout();
        ApiCall call =
                options.applyTo(ApiCall.get("runs", runId, "events", "stream").query(unordered));
        return new EventStream(runId, transport.transfers().events(call, patience), patience).start();
    }

    /**
     * Tells a run of events of a test, which may be over. An addition of the local control plane.
     *
     * @param runId the run
     * @param events 1 to 100 events, in this order; their types begin with {@code test.}
     * @return the events as they are kept
     */
    @ApiRoute("POST /v1/runs/{id}/events")
    public List<RunEvent> addEvents(String runId, List<NewRunEvent> events) {
        return addEvents(runId, events, RequestOptions.none());
    }

    /** Like {@link #addEvents(String, List)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/events")
    public List<RunEvent> addEvents(String runId, List<NewRunEvent> events, RequestOptions options) {
        ApiCall.Builder call = ApiCall.post("runs", runId, "events")
                .idempotencyKey(UUID.randomUUID().toString())
                .body(new AddRunEventsRequest(events));
        return transport.send(options.applyTo(call), RunEventList.class).events();
    }

    /**
     * Lists commands that the platform carried out in a run.
     *
     * @param runId the run
     * @param query which commands
     * @return the first page
     */
    @ApiRoute("GET /v1/runs/{id}/commands")
    public Page<RunCommand> commands(String runId, CommandQuery query) {
        return commands(runId, query, RequestOptions.none());
    }

    /** Like {@link #commands(String, CommandQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}/commands")
    public Page<RunCommand> commands(String runId, CommandQuery query, RequestOptions options) {
        RunCommandList page = transport.send(
                options.applyTo(ApiCall.get("runs", runId, "commands").query(query)), RunCommandList.class);
        return new Page<>(
                page.commands(),
                page.nextCursor(),
                cursor -> commands(
                        runId,
                        new CommandQuery(
                                query.status(),
                                query.executionMode(),
                                query.include(),
                                query.order(),
                                cursor,
                                query.limit(),
                                query.extra()),
                        options));
    }

    /**
     * Lists the timeline of a run for people.
     *
     * @param runId the run
     * @param query which rows
     * @return the first page
     */
    @ApiRoute("GET /v1/runs/{id}/activity")
    public Page<ActivityItem> activity(String runId, ActivityQuery query) {
        return activity(runId, query, RequestOptions.none());
    }

    /** Like {@link #activity(String, ActivityQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}/activity")
    public Page<ActivityItem> activity(String runId, ActivityQuery query, RequestOptions options) {
        ActivityList page = transport.send(
                options.applyTo(ApiCall.get("runs", runId, "activity").query(query)), ActivityList.class);
        return new Page<>(
                page.items(),
                page.nextCursor(),
                cursor -> activity(
                        runId,
                        new ActivityQuery(query.categories(), query.level(), cursor, query.limit(), query.extra()),
                        options));
    }

    /**
     * Lists the artifacts of a run, newest first.
     *
     * @param runId the run
     * @param query which artifacts
     * @return the first page
     */
    @ApiRoute("GET /v1/runs/{id}/artifacts")
    public Page<RunArtifact> artifacts(String runId, ArtifactQuery query) {
        return artifacts(runId, query, RequestOptions.none());
    }

    /** Like {@link #artifacts(String, ArtifactQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/runs/{id}/artifacts")
    public Page<RunArtifact> artifacts(String runId, ArtifactQuery query, RequestOptions options) {
        RunArtifactList page = transport.send(
                options.applyTo(ApiCall.get("runs", runId, "artifacts").query(query)), RunArtifactList.class);
        return new Page<>(
                page.artifacts(),
                page.nextCursor(),
                cursor -> artifacts(
                        runId,
                        new ArtifactQuery(query.runtimeId(), query.kind(), cursor, query.limit(), query.extra()),
                        options));
    }

    /**
     * Creates a viewer of the live browser. A run that is over is refused with {@link ai.bctrl.error.ConflictException}.
     *
     * @param runId the run
     * @param request the viewer that is wanted
     * @return the viewer
     */
    @ApiRoute("POST /v1/runs/{id}/live")
    public LiveView live(String runId, CreateLiveViewRequest request) {
        return live(runId, request, RequestOptions.none());
    }

    /** Like {@link #live(String, CreateLiveViewRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/live")
    public LiveView live(String runId, CreateLiveViewRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("runs", runId, "live").body(request)), LiveView.class);
    }

    /**
     * Creates a viewer of the recording.
     *
     * @param runId the run
     * @param request the viewer that is wanted
     * @return the viewer
     */
    @ApiRoute("POST /v1/runs/{id}/recording")
    public RecordingView recording(String runId, CreateRecordingViewRequest request) {
        return recording(runId, request, RequestOptions.none());
    }

    /** Like {@link #recording(String, CreateRecordingViewRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/runs/{id}/recording")
    public RecordingView recording(String runId, CreateRecordingViewRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("runs", runId, "recording").body(request)), RecordingView.class);
    }
}
