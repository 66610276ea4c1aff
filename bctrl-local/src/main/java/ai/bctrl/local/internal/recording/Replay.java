package ai.bctrl.local.internal.recording;

import static java.util.Objects.requireNonNull;

import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.store.StoredRecording;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to see of each run. Thread-safe. */
final class Replay {

    private static final int OPEN_LOGS = 16;
    private static final FrameLog.State NOTHING =
            new FrameLog.State(java.util.List.of(), java.util.List.of(), 0, false, null);

    private final Recordings recordings;
    private final RecordingFiles files;
    private final Runs runs;
    private final InstantSource clock;
    private final Map<String, FrameLog> logs;

    Replay(Recordings recordings, RecordingFiles files, Runs runs, InstantSource clock) {
        this.recordings = recordings;
        this.files = files;
        this.runs = runs;
        this.clock = clock;
        this.logs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, FrameLog> eldest) {
                return size() > OPEN_LOGS;
            }
        };
    }

    /**
     * A recording as it is now. Immutable.
     *
     * @param startedAt when the run began
     * @param status whether it can be watched
     * @param reason why not, or why not all of it; null where there is nothing to say
     * @param durationMs its length by now
     * @param live whether it still grows
     * @param log what was recorded
     */
    record View(
            String runId,
            Instant startedAt,
            RecordingStatus status,
            @Nullable String reason,
            long durationMs,
            boolean live,
            FrameLog.State log) {}

    /**
     * {@return what there is to see of a run}
     *
     * @throws ai.bctrl.local.internal.service.ApiProblem 404 {@code run.not_found}
     */
    View view(String runId) {
        Run run = runs.get(runId);
        Instant start = Instant.parse(requireNonNull(run.startedAt()));
        StoredRecording recording = recordings.find(runId);
        if (recording == null) {
            return missing(
                    runId,
                    start,
                    "This run was not recorded. Create the runtime with recording set to always or on_failure.");
        }
        return switch (recording.state()) {
            case DROPPED -> missing(runId, start, recording.reason());
            case FAILED -> new View(runId, start, RecordingStatus.FAILED, recording.reason(), 0, false, NOTHING);
            case RUNNING, KEPT -> recorded(run, start, recording);
        };
    }

    private static View missing(String runId, Instant start, @Nullable String reason) {
        return new View(runId, start, RecordingStatus.NOT_AVAILABLE, reason, 0, false, NOTHING);
    }

    private View recorded(Run run, Instant start, StoredRecording recording) {
        FrameLog.State log;
        try {
            log = log(run.id()).state();
        } catch (IOException failed) {
            return new View(
                    run.id(),
                    start,
                    RecordingStatus.FAILED,
                    "The recording cannot be read: " + failed.getMessage() + ".",
                    0,
                    false,
                    NOTHING);
        }
        boolean active = run.status() == RunStatus.ACTIVE;
        boolean live = active && !log.ended();
        String reason = log.reason() == null ? recording.reason() : log.reason();
        if (log.frames().isEmpty()) {
            return active && reason == null
                    ? new View(run.id(), start, RecordingStatus.PREPARING, "No picture was taken yet.", 0, live, log)
                    : missing(run.id(), start, reason == null ? "The run ended before a picture was taken." : reason);
        }
        if (!active && recording.state() == StoredRecording.State.RUNNING) {
            return new View(
                    run.id(), start, RecordingStatus.PROCESSING, "The run has just ended.", log.millis(), false, log);
        }
        if (!live && !log.ended() && reason == null) {
            reason = "The recording was cut: the control plane was stopped while the run went on.";
        }
        long duration = live ? Duration.between(start, clock.instant()).toMillis() : log.millis();
        return new View(run.id(), start, RecordingStatus.READY, reason, Math.max(duration, log.millis()), live, log);
    }

    /** {@return whether a run goes on} */
    boolean isActive(String runId) {
        return runs.get(runId).status() == RunStatus.ACTIVE;
    }

    /** {@return the pictures of a run} */
    FrameLog log(String runId) {
        synchronized (logs) {
            return logs.computeIfAbsent(runId, id -> new FrameLog(files.frames(id)));
        }
    }
}
