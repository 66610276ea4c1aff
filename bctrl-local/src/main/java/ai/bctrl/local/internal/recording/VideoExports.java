package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Commands;
import ai.bctrl.local.internal.service.NewArtifact;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.RunArtifact;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes video files of recordings when somebody asks for them, one after the other. Thread-safe. Whoever made it closes it. */
final class VideoExports implements AutoCloseable {

    private static final String KIND = "recording";
    private static final int MAX_WAITING = 64;

    private final Replay replay;
    private final RecordingFiles files;
    private final BrowserEngine engine;
    private final CdpClients clients;
    private final Artifacts artifacts;
    private final Commands commands;
    private final ThreadPoolExecutor thread;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    /** A file that is being made, or failed to be; one that is ready lies there. Immutable. */
    private record Job(String status, @Nullable String reason) {}

    VideoExports(
            Replay replay,
            RecordingFiles files,
            BrowserEngine engine,
            CdpClients clients,
            Artifacts artifacts,
            Commands commands) {
        this.replay = replay;
        this.files = files;
        this.engine = engine;
        this.clients = clients;
        this.artifacts = artifacts;
        this.commands = commands;
        this.thread =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread worker = new Thread(task, "bctrl-export-1");
                    worker.setDaemon(true);
                    return worker;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** {@return how far the video of a recording is: {@code none}, {@code preparing}, {@code ready} or {@code failed}} */
    JsonObject status(Replay.View view) {
        JsonObject json = new JsonObject();
        RunArtifact video = find(view.runId());
        Job job = jobs.get(view.runId());
        json.addProperty("status", video != null ? "ready" : job == null ? "none" : job.status());
        if (video != null) {
            json.addProperty("artifactId", video.id());
            json.addProperty("sizeBytes", video.sizeBytes());
        } else if (job != null && job.reason() != null) {
            json.addProperty("reason", job.reason());
        }
        return json;
    }

    /**
     * Makes the video of a recording, unless it is there or being made.
     *
     * @return how far it is
     * @throws ApiProblem 409 where there is nothing to export yet
     */
    JsonObject start(Replay.View view) {
        String runId = view.runId();
        if (view.live() || view.log().frames().isEmpty()) {
            throw new ApiProblem(
                    409,
                    "run.recording_not_available",
                    view.live()
                            ? "The run still goes on; export its recording when it has ended."
                            : String.valueOf(view.reason()),
                    Map.of("runId", runId));
        }
        Job before = jobs.get(runId);
        if (find(runId) == null && (before == null || before.status().equals("failed"))) {
            jobs.put(runId, new Job("preparing", null));
            try {
                thread.execute(() -> make(view));
            } catch (RejectedExecutionException busy) {
                jobs.put(runId, new Job("failed", "Too many videos are being made; try again later."));
            }
        }
        return status(view);
    }

    /** {@return the video of a run, or null if there is none} */
    @Nullable
    RunArtifact find(String runId) {
        List<RunArtifact> videos = artifacts
                .ofRun(
                        runId,
                        ArtifactQuery.builder().kind(List.of(KIND)).limit(1).build(),
                        (space, file) -> "")
                .artifacts();
        return videos.isEmpty() ? null : videos.get(0);
    }

    /** {@return where the bytes of a video lie} */
    Path content(RunArtifact video) {
        return artifacts.content(video);
    }

    private void make(Replay.View view) {
        String runId = view.runId();
        Path part = files.video(runId);
        long command = -1;
        try {
            command = commands.begin(runId, "recording.export", new JsonObject());
            encode(view, part);
            RunArtifact video =
                    artifacts.add(runId, new NewArtifact(KIND, "recording-" + runId + ".webm", "video/webm"), part);
            JsonObject result = new JsonObject();
            result.addProperty("artifactId", video.id());
            commands.succeed(command, result);
            jobs.remove(runId);
        } catch (IOException | BrowserStartException | IllegalStateException | ApiProblem failed) {
            String reason = "The video could not be made: " + failed.getMessage() + ".";
            jobs.put(runId, new Job("failed", reason));
            if (command >= 0) {
                commands.fail(command, "recording.export_failed", reason);
            }
        } finally {
            remove(part);
        }
    }

    private void encode(Replay.View view, Path part) throws IOException {
        String name = "export-" + view.runId();
        try (RunningBrowser browser = engine.launch(LaunchRequest.builder(name).build());
                EncoderPage page = EncoderPage.open(clients, browser)) {
            new VideoEncoder(page, replay.log(view.runId()), view.log().frames(), view.durationMs()).encode(part);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            // It goes with the recording.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                System.getLogger(VideoExports.class.getName())
                        .log(System.Logger.Level.WARNING, "a video that is being made does not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
