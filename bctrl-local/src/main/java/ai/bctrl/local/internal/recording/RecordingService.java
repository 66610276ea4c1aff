package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.http.Site;
import ai.bctrl.local.internal.live.ActivityFeed;
import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Commands;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.RecordingViews;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.ViewLeases;
import ai.bctrl.local.internal.service.Workers;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.RecordingView;
import ai.bctrl.model.ViewerComponent;
import ai.bctrl.model.ViewerControl;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** All that has to do with recordings, put together. Thread-safe. Whoever made it closes it. */
public final class RecordingService implements RecordingViews, AutoCloseable {

    private static final int DEFAULT_SECONDS = 3600;

    private final Recordings recordings;
    private final Replay replay;
    private final VideoExports exports;
    private final ViewLeases leases;
    private final Site site;

    /**
     * Creates the recordings of a control plane.
     *
     * @param root where they lie
     * @param engine starts the browser that makes a video file
     */
    public RecordingService(
            Path root,
            Database database,
            Runs runs,
            Events events,
            ViewLeases leases,
            CdpClients clients,
            BrowserEngine engine,
            Artifacts artifacts,
            Commands commands,
            ActivityFeed activity,
            InstantSource clock,
            Workers workers) {
        RecordingFiles files = new RecordingFiles(root);
        this.recordings = new Recordings(database, files, runs, events, clients, clock, FrameFile.Limits.DEFAULT);
        this.replay = new Replay(recordings, files, runs, clock);
        this.exports = new VideoExports(replay, files, engine, clients, artifacts, commands);
        this.leases = leases;
        this.site = new ReplaySite(
                leases,
                replay,
                new Timeline(new Activity(database)),
                exports,
                new ReplayActivity(leases, replay, activity, workers.clock()),
                workers.quick());
    }

    /** {@return what is to be told of runs} */
    public Recordings watcher() {
        return recordings;
    }

    /** {@return the replay pages} */
    public Site site() {
        return site;
    }

    /** Decides on what an earlier process left; once its runs are ended. */
    public void recover() {
        recordings.recover();
    }

    @Override
    public RecordingView view(String runId, CreateRecordingViewRequest request, String authority) {
        Replay.View view = replay.view(runId);
        @Nullable Integer seconds = request.expiresInSeconds();
        boolean activity = request.components() != null && request.components().contains(ViewerComponent.ACTIVITY);
        ViewLeases.ViewLease lease = leases.create(
                ViewLeases.Kind.RECORDING,
                runId,
                ViewerControl.NONE,
                activity,
                seconds == null ? DEFAULT_SECONDS : seconds);
        JsonObject extra = new JsonObject();
        if (view.reason() != null) {
            extra.addProperty("reason", view.reason());
        }
        String page = "http://" + authority + "/replay/" + lease.token();
        return new RecordingView(
                page,
                activity ? page + "/activity" : null,
                view.status(),
                view.log().frames().isEmpty() ? null : view.durationMs(),
                lease.expiresAt().truncatedTo(ChronoUnit.MILLIS).toString(),
                extra);
    }

    @Override
    public JsonObject export(String runId) {
        return exports.start(replay.view(runId));
    }

    @Override
    public boolean isExporting(String runId) {
        return exports.isPreparing(runId);
    }

    /** Ends what is still recorded and made. */
    @Override
    public void close() {
        exports.close();
        recordings.close();
    }
}
