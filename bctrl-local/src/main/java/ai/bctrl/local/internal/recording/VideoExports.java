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
import ai.bctrl.model.RecordingStatus;
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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes video files of recordings when somebody asks for them, one after the other. Thread-safe. Whoever made it closes it. */
final class VideoExports implements AutoCloseable {

    private static final String KIND = "recording";
    private static final String UNTIL = "untilMs";
    private static final int MOST_VIDEOS = 200;

    /** Longer than two pictures are apart while something happens. */
    private static final long NEWS_MILLIS = 800;

    private static final int MAX_WAITING = 64;

    private final Replay replay;
    private final RecordingFiles files;
    private final BrowserEngine engine;
    private final CdpClients clients;
    private final Artifacts artifacts;
    private final Commands commands;
    private final ThreadPoolExecutor thread;
    private final Map<Key, Job> jobs = new ConcurrentHashMap<>();

    /** Of a run that goes on a video may be made too, up to the moment; the one of the whole run is another. */
    private record Key(String runId, boolean whole) {
        static Key of(Replay.View view) {
            return new Key(view.runId(), !view.live());
        }
    }

    /**
     * A video. Immutable.
     *
     * @param status preparing, ready or failed
     * @param reason why it failed
     * @param video what was made
     * @param millis up to where in the run
     */
    private record Job(
            String status,
            @Nullable String reason,
            @Nullable RunArtifact video,
            long millis) {
        static Job preparing(Replay.View view) {
            return new Job("preparing", null, null, view.log().millis());
        }

        Job failed(String why) {
            return new Job("failed", why, null, millis);
        }

        Job ready(RunArtifact made) {
            return new Job("ready", null, made, millis);
        }
    }

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
        Job job = jobs.get(Key.of(view));
        RunArtifact video = view.live() ? (job == null ? null : job.video()) : find(view.runId());
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
     * Makes the video of a recording, unless it is there or being made; of a run that goes on, the video until now.
     *
     * @return how far it is
     * @throws ApiProblem 409 where there is nothing to export yet
     */
    JsonObject start(Replay.View view) {
        String runId = view.runId();
        if (view.live() && view.status() == RecordingStatus.PREPARING) {
            // Its first picture is being taken; who asks again finds it.
            JsonObject soon = new JsonObject();
            soon.addProperty("status", "preparing");
            return soon;
        }
        if (view.log().frames().isEmpty()) {
            throw new ApiProblem(
                    409, "run.recording_not_available", String.valueOf(view.reason()), Map.of("runId", runId));
        }
        if (isWanted(view)) {
            Job job = Job.preparing(view);
            jobs.put(Key.of(view), job);
            try {
                thread.execute(() -> make(view, job));
            } catch (RejectedExecutionException busy) {
                jobs.put(Key.of(view), job.failed("Too many videos are being made; try again later."));
            }
        }
        return status(view);
    }

    private boolean isWanted(Replay.View view) {
        Job before = jobs.get(Key.of(view));
        if (before == null) {
            return view.live() || find(view.runId()) == null;
        }
        boolean older = view.live() && before.millis() < view.log().millis();
        return before.status().equals("failed") || (before.status().equals("ready") && older);
    }

    /** {@return whether a video of a run is being made, or waits for that} */
    boolean isPreparing(String runId) {
        return jobs.entrySet().stream()
                .anyMatch(job -> job.getKey().runId().equals(runId)
                        && job.getValue().status().equals("preparing"));
    }

    /** {@return the video of a whole run, or null if there is none} */
    @Nullable
    RunArtifact find(String runId) {
        List<RunArtifact> videos = artifacts
                .ofRun(
                        runId,
                        ArtifactQuery.builder()
                                .kind(List.of(KIND))
                                .limit(MOST_VIDEOS)
                                .build(),
                        (space, file) -> "")
                .artifacts();
        return videos.stream()
                .filter(video -> !video.extra().has(UNTIL))
                .findFirst()
                .orElse(null);
    }

    /** {@return where the bytes of a video lie} */
    Path content(RunArtifact video) {
        return artifacts.content(video);
    }

    private void make(Replay.View view, Job job) {
        String runId = view.runId();
        Path part = files.video(runId);
        JsonObject extra = new JsonObject();
        if (view.live()) {
            extra.addProperty(UNTIL, job.millis());
        }
        long command = -1;
        try {
            command = commands.begin(runId, "recording.export", new JsonObject());
            encode(view.live() ? newest(view) : view, part);
            RunArtifact video = artifacts.add(
                    runId, new NewArtifact(KIND, "recording-" + runId + ".webm", "video/webm", extra), part);
            JsonObject result = new JsonObject();
            result.addProperty("artifactId", video.id());
            commands.succeed(command, result);
            jobs.put(Key.of(view), job.ready(video));
        } catch (IOException | BrowserStartException | IllegalStateException | ApiProblem failed) {
            String reason = "The video could not be made: " + failed.getMessage() + ".";
            jobs.put(Key.of(view), job.failed(reason));
            if (command >= 0) {
                commands.fail(command, "recording.export_failed", reason);
            }
        } finally {
            remove(part);
        }
    }

    /** What has just happened is on a picture that may still be taken. */
    private Replay.View newest(Replay.View asked) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NEWS_MILLIS);
        Replay.View view = asked;
        while (view.live()
                && view.log().frames().size() == asked.log().frames().size()
                && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            view = replay.view(asked.runId());
        }
        return view;
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
