package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.RuntimeStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the browsers of runtimes and records those that did not start. Thread-safe. */
final class RuntimeLauncher {

    private final BrowserEngine engine;
    private final Consumer<LaunchRequest> availability;
    private final Profiles profiles;
    private final Database database;
    private final RuntimeRecords records;
    private final RuntimeLookup lookup;
    private final InstantSource clock;
    private final Descriptors descriptors = new Descriptors();

    RuntimeLauncher(
            BrowserEngine engine,
            Consumer<LaunchRequest> availability,
            Profiles profiles,
            Database database,
            RuntimeRecords records,
            InstantSource clock) {
        this.engine = engine;
        this.availability = availability;
        this.profiles = profiles;
        this.database = database;
        this.records = records;
        this.lookup = new RuntimeLookup(database);
        this.clock = clock;
    }

    /**
     * Starts a browser and hands it over; what cannot be handed over is closed.
     *
     * @param adopt takes the active runtime and its browser
     * @throws ApiProblem 422 if no browser of this machine fits; 409 if the profile is in use; 503 if it does not start,
     *     or if there are too few file descriptors to try
     */
    StoredRuntime launch(
            String spaceId,
            CreateRuntimeRequest request,
            LaunchSettings settings,
            BiConsumer<StoredRuntime, RunningBrowser> adopt) {
        requireDescriptors();
        String id = UUID.randomUUID().toString();
        String runId = UUID.randomUUID().toString();
        String profile = settings.profile();
        if (settings.needsCertainBrowser()) {
            requireBrowser(settings.request(id, null));
        }
        Path directory = profile == null ? null : profiles.take(profile, id);
        RunningBrowser browser = null;
        boolean kept = false;
        try {
            String failure = null;
            try {
                browser = engine.launch(settings.request(id, directory));
            } catch (BrowserStartException failed) {
                failure = String.valueOf(failed.getMessage());
            } catch (IllegalStateException closed) {
                throw ApiProblem.shuttingDown();
            }
            String now = Timestamps.now(clock);
            StoredRuntime runtime = new StoredRuntime(
                    id,
                    spaceId,
                    request.name() == null ? "browser-" + id.substring(0, 6) : request.name(),
                    RuntimeStatus.ACTIVE,
                    runId,
                    profile,
                    settings.isolation(),
                    request.metadata(),
                    browser == null ? null : browser.product(),
                    null,
                    now,
                    now);
            if (browser == null) {
                throw launchFailed(runtime, String.valueOf(failure));
            }
            adopt.accept(runtime, browser);
            kept = true;
            return runtime;
        } finally {
            if (!kept) {
                discard(browser, profile, id);
            }
        }
    }

    private void requireDescriptors() {
        String few = descriptors.few();
        if (few != null) {
            throw new ApiProblem(
                    503,
                    "server.busy",
                    "The control plane " + few + ", too few for one more browser; raise its limit (ulimit -n) or give"
                            + " browsers back.",
                    Map.of());
        }
    }

    private void requireBrowser(LaunchRequest request) {
        try {
            availability.accept(request);
        } catch (BrowserStartException missing) {
            throw new ApiProblem(422, "runtime.browser_unavailable", String.valueOf(missing.getMessage()), Map.of());
        }
    }

    private ApiProblem launchFailed(StoredRuntime runtime, String reason) {
        database.change(() -> {
            lookup.space(runtime.spaceId());
            records.startFailed(runtime, reason);
        });
        return new ApiProblem(
                503,
                "runtime.launch_failed",
                "The browser did not start: " + reason,
                Map.of("runtimeId", runtime.id(), "runId", runtime.runId()));
    }

    private void discard(@Nullable RunningBrowser browser, @Nullable String profile, String id) {
        if (browser != null) {
            browser.close();
        }
        if (profile != null) {
            profiles.release(profile, id);
        }
    }
}
