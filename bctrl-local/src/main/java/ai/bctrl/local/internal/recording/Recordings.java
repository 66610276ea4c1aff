package ai.bctrl.local.internal.recording;

import static java.util.Objects.requireNonNull;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.LiveBrowser;
import ai.bctrl.local.internal.service.RunWatcher;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.NewEvent;
import ai.bctrl.local.internal.store.RecordingStore;
import ai.bctrl.local.internal.store.StoredRecording;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RunStatus;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Records the runs that are to be recorded, and keeps what is to be kept. Thread-safe. Whoever made it closes it. */
public final class Recordings implements RunWatcher, AutoCloseable {

    static final String PASSED = "The recording was dropped, because no test of this run has failed.";

    /** How long the end of a run waits for its last picture. */
    private static final Duration FAREWELL = Duration.ofMillis(1500);

    private static final Set<String> MOVING = Set.of("browser", "command", "live", "test");

    private static final System.Logger LOGGER = System.getLogger(Recordings.class.getName());

    private final RecordingStore store;
    private final RecordingFiles files;
    private final Runs runs;
    private final Events events;
    private final CdpClients clients;
    private final InstantSource clock;
    private final FrameFile.Limits limits;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<String, Recorded> active = new ConcurrentHashMap<>();

    private record Recorded(RunSampler sampler, FrameFile file, Verdict verdict) {}

    /** What the tests of a run told of themselves so far. Thread-safe. */
    private static final class Verdict {
        private volatile boolean passed;
        private volatile boolean failed;

        void hear(NewEvent event) {
            if (tellsOfAFailure(event.type(), event.data())) {
                failed = true;
            } else if (event.type().equals("test.finished")) {
                passed = true;
            } else if (event.type().equals("test.started")) {
                // A browser of several tests: the next one may fail yet.
                passed = false;
            }
        }

        boolean isGood() {
            return passed && !failed;
        }
    }

    /**
     * Creates the recordings of a control plane.
     *
     * @param files where they lie
     */
    Recordings(
            Database database,
            RecordingFiles files,
            Runs runs,
            Events events,
            CdpClients clients,
            InstantSource clock,
            FrameFile.Limits limits) {
        this.store = new RecordingStore(database);
        this.files = files;
        this.runs = runs;
        this.events = events;
        this.clients = clients;
        this.clock = clock;
        this.limits = limits;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread worker = new Thread(task, "bctrl-recording-1");
            worker.setDaemon(true);
            return worker;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Decides on what an earlier process left; once its runs are ended. */
    void recover() {
        store.listRunning().forEach(left -> settle(left.runId(), null, false));
        for (String runId : files.runIds()) {
            if (store.find(runId) == null) {
                files.delete(runId);
            }
        }
    }

    @Override
    public void started(LiveBrowser browser) {
        if (browser.recording() == RecordingMode.OFF) {
            return;
        }
        String runId = browser.runId();
        String startedAt = requireNonNull(runs.get(runId).startedAt());
        try {
            FrameFile file = FrameFile.create(files.frames(runId), runId, startedAt, limits);
            RunSampler sampler = new RunSampler(clients, thread, since(Instant.parse(startedAt)), file);
            active.put(runId, new Recorded(sampler, file, new Verdict()));
            sampler.start(browser.browser().devTools());
        } catch (IOException failed) {
            store.update(
                    runId,
                    StoredRecording.State.FAILED,
                    "Nothing was recorded: the file could not be made (" + failed.getMessage() + ").");
        }
    }

    /** Counts from the begin of the run, and never back. */
    private LongSupplier since(Instant start) {
        long offset = Duration.between(start, clock.instant()).toMillis();
        long begin = System.nanoTime();
        return () -> offset + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Events were written: where something happens there is something to see. */
    public void heard(List<NewEvent> events) {
        if (active.isEmpty()) {
            return;
        }
        for (NewEvent event : events) {
            Recorded recorded = active.get(event.runId());
            if (recorded != null) {
                recorded.verdict().hear(event);
            }
            if (recorded != null && MOVING.contains(event.kind())) {
                boolean isCommand = event.kind().equals("command");
                // What is made ready for a test has pages, and nothing in them yet. What a test writes into one is
                // loaded.
                boolean begins =
                        (event.kind().equals("browser") && !event.type().equals("page.load"))
                                || event.type().equals("test.started")
                                || (isCommand && event.pageId() == null);
                // Only what somebody does in a page brings it to the front; others may have timers.
                recorded.sampler().moved(isCommand ? event.pageId() : null, !begins);
            }
        }
    }

    @Override
    public void ending(LiveBrowser browser) {
        Recorded recorded = active.get(browser.runId());
        if (recorded == null) {
            return;
        }
        boolean isDropped = browser.recording() == RecordingMode.ON_FAILURE
                && recorded.verdict().isGood();
        try {
            recorded.sampler().finish(!isDropped).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOGGER.log(System.Logger.Level.WARNING, "the recording of run " + browser.runId() + " ends late", late);
        }
    }

    @Override
    public void ended(LiveBrowser browser) {
        Recorded recorded = active.remove(browser.runId());
        if (recorded != null) {
            try {
                thread.execute(() -> settle(
                        browser.runId(),
                        recorded.file().ended(),
                        recorded.verdict().isGood()));
            } catch (RejectedExecutionException closing) {
                // The next process of the data directory decides.
            }
        }
    }

    @Override
    public void deleted(String runId) {
        files.delete(runId);
    }

    /**
     * Keeps the pictures of a run that is over, or drops them.
     *
     * @param good whether all of its tests are known to have passed
     */
    private void settle(String runId, @Nullable String cut, boolean good) {
        StoredRecording recording = store.find(runId);
        if (recording == null || recording.state() != StoredRecording.State.RUNNING) {
            return;
        }
        try {
            if (recording.mode() == RecordingMode.ON_FAILURE && !hasFailed(runId, good)) {
                files.delete(runId);
                store.update(runId, StoredRecording.State.DROPPED, PASSED);
            } else {
                store.update(runId, StoredRecording.State.KEPT, cut == null || cut.isEmpty() ? null : cut);
            }
        } catch (ApiProblem deleted) {
            files.delete(runId);
        }
    }

    private boolean hasFailed(String runId, boolean good) {
        if (runs.get(runId).status() == RunStatus.FAILED) {
            return true;
        }
        if (good) {
            return false;
        }
        String cursor = null;
        do {
            EventQuery.Builder query = EventQuery.builder()
                    .type(List.of("test.failed", "test.finished"))
                    .limit(200);
            if (cursor != null) {
                query.cursor(cursor);
            }
            RunEventList page = events.list(runId, query.build());
            if (page.events().stream().anyMatch(event -> tellsOfAFailure(event.type(), event.data()))) {
                return true;
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return false;
    }

    private static boolean tellsOfAFailure(String type, @Nullable JsonObject data) {
        JsonElement outcome = data == null ? null : data.get("outcome");
        return type.equals("test.failed") || new JsonPrimitive("failed").equals(outcome);
    }

    /** {@return what is known of the recording of a run, or null where it was not to be recorded} */
    @Nullable
    StoredRecording find(String runId) {
        return store.find(runId);
    }

    /** Ends what is still recorded. Returns within about 3 s. */
    @Override
    public void close() {
        CompletableFuture<Void> ends = CompletableFuture.allOf(active.values().stream()
                .map(recorded -> recorded.sampler().finish(true))
                .toArray(CompletableFuture[]::new));
        try {
            ends.get(1, TimeUnit.SECONDS);
            thread.shutdown();
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        } catch (ExecutionException | TimeoutException late) {
            thread.shutdownNow();
        }
    }
}
