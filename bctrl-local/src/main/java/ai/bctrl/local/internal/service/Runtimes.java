package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RuntimeList;
import ai.bctrl.model.RuntimeStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The browser runtimes, from launch to end. Thread-safe.
 *
 * <p>What happened is written down before anybody who holds a socket is told, so that one who was told can read it.
 */
public final class Runtimes implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final String RESTARTED = "control plane was restarted";
    private static final CloseReason STOPPED = new CloseReason(1001, "runtime stopped");
    private static final CloseReason SHUT_DOWN = new CloseReason(1001, "control plane is shutting down");

    private final RuntimeLauncher launcher;
    private final @Nullable Path extensions;
    private final Isolation isolation;
    private final Profiles profiles;
    private final Database database;
    private final RuntimeRecords records;
    private final RuntimeLookup lookup;
    private final LiveBrowsers live;
    private final CdpGate gate;
    private final RunWatchers watchers;
    private final Workers workers;
    private final Set<String> endingEarly = ConcurrentHashMap.newKeySet();
    private final Places places;
    private final Meters meters;
    private volatile boolean closing;

    /**
     * Creates the runtimes of a database.
     *
     * @param availability throws a {@link BrowserStartException} where no browser of this machine fits a request
     * @param extensions where unpacked extensions lie; null where there are none
     * @param isolation what runtimes get that ask for none
     */
    public Runtimes(
            BrowserEngine engine,
            Consumer<LaunchRequest> availability,
            @Nullable Path extensions,
            Isolation isolation,
            Profiles profiles,
            Database database,
            Connections connections,
            Events events,
            LiveBrowsers live,
            CdpGate gate,
            RunWatchers watchers,
            InstantSource clock,
            Workers workers,
            Places places,
            Meters meters) {
        this.extensions = extensions;
        this.isolation = isolation;
        this.profiles = profiles;
        this.database = database;
        this.records = new RuntimeRecords(database, connections, events, clock);
        this.lookup = new RuntimeLookup(database);
        this.live = live;
        this.gate = gate;
        this.watchers = watchers;
        this.launcher = new RuntimeLauncher(engine, availability, profiles, database, records, clock);
        this.workers = workers;
        this.places = places;
        this.meters = meters;
    }

    /** Ends what an earlier process of the same data left active; before anything else is asked. */
    public void recover() {
        records.listActive().forEach(left -> records.end(left.id(), RuntimeStatus.FAILED, RESTARTED));
    }

    /**
     * Launches a browser as soon as there is a place for it.
     *
     * @param wanted how its client waits for a place
     * @return the active runtime, with {@code queuedMs} where it had to wait; fails with an {@link ApiProblem} 503 {@code
     *     runtime.launch_failed} if it does not start, 409 {@code profile.in_use}, 429 {@code capacity.*}
     * @throws ApiProblem 404, 400, 422 if the request cannot be met
     */
    public CompletionStage<BrowserRuntime> create(String spaceId, CreateRuntimeRequest request, PlaceRequest wanted) {
        lookup.space(spaceId);
        database.room().require();
        LaunchSettings settings = LaunchSettings.of(request, extensions, isolation);
        RecordingMode recording = request.recording() == null ? RecordingMode.OFF : request.recording();
        return places.take(wanted)
                .thenCompose(place -> within(
                        place,
                        () -> BrowserRuntimes.of(launcher.launch(
                                spaceId,
                                request,
                                settings,
                                (runtime, browser) -> adopt(runtime, recording, browser, place)))));
    }

    /** {@return whether this is about to end} */
    public boolean isClosing() {
        return closing;
    }

    /** Launches a browser that gives the place back when nothing of it is left. */
    private CompletionStage<BrowserRuntime> within(Places.Place place, Supplier<BrowserRuntime> launch) {
        long start = System.nanoTime();
        CompletableFuture<BrowserRuntime> launched;
        try {
            launched = onBrowserThread(launch);
        } catch (RuntimeException | Error refused) {
            launched = CompletableFuture.failedFuture(refused);
        }
        return launched.whenComplete((runtime, failed) -> {
            meters.launched(Duration.ofNanos(System.nanoTime() - start), failed == null);
            if (failed != null) {
                place.release();
            } else if (place.queued().toMillis() > 0) {
                runtime.extra().addProperty("queuedMs", place.queued().toMillis());
            }
        });
    }

    private <T> CompletableFuture<T> onBrowserThread(Supplier<T> work) {
        if (closing) {
            throw ApiProblem.shuttingDown();
        }
        try {
            return CompletableFuture.supplyAsync(work, workers.browsers());
        } catch (RejectedExecutionException full) {
            throw new ApiProblem(
                    503, "server.busy", "Too many browsers are being started or stopped; try again later.", Map.of());
        }
    }

    private void adopt(StoredRuntime runtime, RecordingMode recording, RunningBrowser browser, Places.Place place) {
        LiveBrowser started = LiveBrowser.of(runtime, recording, browser);
        database.change(() -> {
            // Both may have changed while the browser was starting.
            lookup.space(runtime.spaceId());
            if (closing) {
                throw ApiProblem.shuttingDown();
            }
            live.add(started);
            records.start(runtime, recording);
        });
        watchers.started(started);
        place.started();
        var unusedRelease = started.closed().thenRun(place::release);
        var unused = browser.exit().thenAccept(exit -> journal(() -> onExit(started, exit)));
    }

    private void journal(Runnable work) {
        try {
            workers.journal().execute(work);
        } catch (RejectedExecutionException closed) {
            // close() has written the end of all runtimes.
        }
    }

    private void giveBack(@Nullable String profile, String runtimeId) {
        if (profile != null) {
            profiles.release(profile, runtimeId);
        }
    }

    private void onExit(LiveBrowser browser, BrowserExit exit) {
        if (browser.gone().isDone()) {
            // Stopped; its end is on record.
            return;
        }
        String reason = (exit.exitCode() == 0 ? "browser ended by itself: " : "browser crashed: ") + exit.reason();
        watchers.ending(browser);
        if (records.end(browser.runtimeId(), RuntimeStatus.FAILED, reason)) {
            meters.ended(exit.exitCode() == 0 ? "exited" : "crashed");
            tell(browser, new CloseReason(1011, reason));
            finish(browser);
        }
    }

    private void tell(LiveBrowser browser, CloseReason reason) {
        browser.gone().complete(reason);
        gate.endAll(browser.runtimeId(), reason);
        watchers.ended(browser);
    }

    /** Removes what is left of the browser; completes {@link LiveBrowser#closed}. */
    private void finish(LiveBrowser browser) {
        try {
            var unused = CompletableFuture.runAsync(browser.browser()::close, workers.browsers())
                    .whenComplete((done, failed) -> {
                        giveBack(browser.profile(), browser.runtimeId());
                        live.remove(browser);
                        browser.closed().complete(null);
                    });
        } catch (RejectedExecutionException full) {
            finishLater(browser);
        }
    }

    private void finishLater(LiveBrowser browser) {
        try {
            var unused = workers.clock().schedule(() -> finish(browser), 1, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            // The engine ends it.
            browser.closed().complete(null);
        }
    }

    /**
     * Lists the runtimes of a space, oldest first.
     *
     * @throws ApiProblem 404
     */
    public RuntimeList list(String spaceId) {
        lookup.space(spaceId);
        return new RuntimeList(
                records.list(spaceId).stream().map(BrowserRuntimes::of).toList());
    }

    /**
     * {@return the runtime}
     *
     * @throws ApiProblem 404
     */
    public BrowserRuntime get(String spaceId, String id) {
        return BrowserRuntimes.of(lookup.runtime(spaceId, id));
    }

    /**
     * Stops a runtime; one that is over stays as it is.
     *
     * @return the runtime, once nothing of its browser is left
     * @throws ApiProblem 404
     */
    public CompletionStage<BrowserRuntime> stop(String spaceId, String id) {
        lookup.runtime(spaceId, id);
        return stop(id, null, STOPPED).thenApply(done -> get(spaceId, id));
    }

    private CompletableFuture<Void> stop(String id, @Nullable String reason, CloseReason forControllers) {
        return end(id, closing ? "shut_down" : "stopped", RuntimeStatus.STOPPED, reason, forControllers);
    }

    /**
     * Ends a runtime on a thread of its own, for a reason that its user did not ask for; one that is over stays as it is.
     *
     * @return completes when nothing of the browser is left; fails where no thread is free, and the caller may ask again
     */
    public CompletableFuture<Void> endSoon(LiveBrowser browser, EarlyEnd end) {
        String id = browser.runtimeId();
        if (!browser.isUp() || !endingEarly.add(id)) {
            return browser.closed();
        }
        try {
            return CompletableFuture.runAsync(() -> endNow(id, end), workers.browsers())
                    .whenComplete((done, failed) -> endingEarly.remove(id))
                    .thenCompose(done -> browser.closed());
        } catch (RejectedExecutionException full) {
            endingEarly.remove(id);
            return CompletableFuture.failedFuture(full);
        }
    }

    private void endNow(String id, EarlyEnd end) {
        var unused = end(id, end.cause(), end.status(), end.reason(), end.forControllers());
    }

    private CompletableFuture<Void> end(
            String id, String cause, RuntimeStatus status, @Nullable String reason, CloseReason forControllers) {
        LiveBrowser browser = live.find(id);
        if (browser != null) {
            watchers.ending(browser);
            gate.awaitThoseLeaving(id);
        }
        boolean ended = records.end(id, status, reason);
        if (browser == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (ended) {
            meters.ended(cause);
            tell(browser, forControllers);
            finish(browser);
        }
        return browser.closed();
    }

    /** Stops all runtimes of a space. */
    CompletableFuture<Void> stopAll(String spaceId) {
        return all(records.list(spaceId).stream()
                .filter(StoredRuntime::isActive)
                .map(runtime -> stop(runtime.id(), null, STOPPED))
                .toList());
    }

    /** Tells those who keep files of runs that nobody can ask for them any more. */
    public void deleted(List<String> runIds) {
        runIds.forEach(watchers::deleted);
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }

    /** Stops all runtimes and starts no more. Returns after 10 s at the latest. */
    @Override
    public void close() {
        // Alone among the changes: a launch is written before this, and is stopped, or after, and is refused.
        database.change(() -> {
            closing = true;
        });
        places.close();
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        for (LiveBrowser browser : live.all()) {
            stops.add(stop(browser.runtimeId(), SHUT_DOWN.text(), SHUT_DOWN));
        }
        try {
            all(stops).get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CompletionException | CancellationException | TimeoutException left) {
            // The engine, which is closed next, ends what is left.
        }
    }
}
