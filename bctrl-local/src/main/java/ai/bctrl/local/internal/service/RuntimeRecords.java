package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RecordingStore;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.local.internal.store.RuntimeStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes the life of runtimes: each step with its run, leases and events, wholly or not at all. Thread-safe. */
final class RuntimeRecords {

    private final Database database;
    private final RuntimeStore runtimes;
    private final RunStore runs;
    private final RecordingStore recordings;
    private final Connections connections;
    private final Events events;
    private final TestMarkers tests;
    private final InstantSource clock;

    RuntimeRecords(Database database, Connections connections, Events events, InstantSource clock) {
        this.database = database;
        this.runtimes = new RuntimeStore(database);
        this.runs = new RunStore(database);
        this.recordings = new RecordingStore(database);
        this.connections = connections;
        this.events = events;
        // Only the names of tests pass here.
        this.tests = new TestMarkers(database, events, UnaryOperator.identity(), clock);
        this.clock = clock;
    }

    List<StoredRuntime> listActive() {
        return runtimes.listActive();
    }

    List<StoredRuntime> list(String spaceId) {
        return runtimes.list(spaceId);
    }

    /** Writes a runtime that is active from now on, and opens its run. */
    void start(StoredRuntime runtime, RecordingMode recording) {
        database.change(() -> {
            runtimes.insert(runtime);
            runs.insert(runtime.runId(), runtime.id(), runtime.spaceId(), runtime.createdAt());
            if (recording != RecordingMode.OFF) {
                recordings.insert(runtime.runId(), recording);
            }
            String browser = runtime.browser();
            events.append(
                    runtime.runId(),
                    runtime.id(),
                    "runtime.started",
                    browser == null ? Map.of() : Map.of("browser", browser));
            events.append(runtime.runId(), runtime.id(), "run.started", Map.of());
            tests.startedWith(runtime);
        });
    }

    /** Writes a runtime that never was active. */
    void startFailed(StoredRuntime runtime, String reason) {
        database.change(() -> {
            runtimes.insert(runtime);
            runs.insert(runtime.runId(), runtime.id(), runtime.spaceId(), runtime.createdAt());
            end(runtime.id(), RuntimeStatus.FAILED, reason);
        });
    }

    /**
     * Ends a runtime, its run and its lease.
     *
     * @param status stopped or failed
     * @param reason why; null where a request to stop it is all there is to say
     * @return whether it was active until now
     */
    boolean end(String runtimeId, RuntimeStatus status, @Nullable String reason) {
        return database.change(() -> {
            StoredRuntime runtime = runtimes.find(runtimeId);
            boolean failed = status == RuntimeStatus.FAILED;
            String now = Timestamps.now(clock);
            if (runtime == null || !runtimes.end(runtimeId, status, failed ? reason : null, now)) {
                return false;
            }
            runs.end(runtime.runId(), failed ? RunStatus.FAILED : RunStatus.COMPLETED, reason, now);
            connections.close(runtimeId, now);
            Map<String, String> data = reason == null ? Map.of() : Map.of("reason", reason);
            events.append(runtime.runId(), runtimeId, failed ? "runtime.failed" : "runtime.stopped", data);
            events.append(runtime.runId(), runtimeId, failed ? "run.failed" : "run.completed", data);
            return true;
        });
    }
}
