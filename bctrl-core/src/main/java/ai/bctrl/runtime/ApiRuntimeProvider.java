package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.ServerException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Provisions browsers over the spaces API: a runtime, then a CDP connection to it. Thread-safe.
 *
 * <p>When a step fails, what the steps before it made is taken back. That includes a runtime whose creation was asked for
 * but never answered: each carries a tag of its own by which it is found again.
 */
public final class ApiRuntimeProvider implements RuntimeProvider {
    /** Name of the metadata field that finds a runtime whose creation was not answered. */
    static final String ACQUIRE_TAG = "bctrlAcquireId";

    private static final Duration CLEAN_UP_TIMEOUT = Duration.ofSeconds(15);

    private final BctrlClient client;
    private final SpaceChoice space;
    private final @Nullable String owner;

    private ApiRuntimeProvider(BctrlClient client, SpaceChoice space, @Nullable String owner) {
        this.client = client;
        this.space = space;
        this.owner = owner;
    }

    /** {@return a provider that works in the key's default space, or else in one named {@code bctrl-java}} */
    public static ApiRuntimeProvider of(BctrlClient client) {
        return new ApiRuntimeProvider(client, SpaceChoice.byDefault(client), null);
    }

    /** {@return a provider that works in this space} */
    public static ApiRuntimeProvider inSpace(BctrlClient client, String spaceId) {
        return new ApiRuntimeProvider(client, SpaceChoice.fixed(spaceId), null);
    }

    /** {@return the same provider, whose browsers the service stops when the owner is gone} */
    public ApiRuntimeProvider ownedBy(Ownership ownership) {
        return new ApiRuntimeProvider(client, space, ownership.ownerId());
    }

    @Override
    public RuntimeLease acquire(RuntimeSpec spec) {
        Stopwatch watch = new Stopwatch(spec.acquireTimeout());
        String spaceId = space.id(watch.options());
        PhaseTimes phases = watch.lap(PhaseTimes.none(), "space");
        String tag = UUID.randomUUID().toString();
        BrowserRuntime runtime = create(spaceId, spec, tag, watch);
        phases = watch.lap(phases, "create");
        try {
            String runId = runtime.activeRunId();
            if (runtime.status() == RuntimeStatus.FAILED || runtime.status() == RuntimeStatus.STOPPED) {
                throw new BctrlException("runtime " + runtime.id() + " is "
                        + runtime.status().wireName() + " although it was just created");
            }
            CreatedConnection connection = client.connections()
                    .create(
                            spaceId,
                            runtime.id(),
                            CreateConnectionRequest.cdp(
                                    (int) spec.connectionTtl().toSeconds()),
                            watch.options());
            phases = watch.lap(phases, "connection");
            return new ApiRuntimeLease(
                    client, spaceId, runtime.id(), runId == null ? connection.runId() : runId, connection, phases);
        } catch (RuntimeException failure) {
            takeBack(failure, () -> client.runtimes().stop(spaceId, runtime.id(), cleanUp()));
            throw failure;
        }
    }

    private BrowserRuntime create(String spaceId, RuntimeSpec spec, String tag, Stopwatch watch) {
        JsonObject metadata = new JsonObject();
        spec.metadata().forEach((key, value) -> metadata.add(key, new JsonPrimitive(value)));
        metadata.addProperty(ACQUIRE_TAG, tag);
        if (owner != null) {
            metadata.addProperty(Ownership.TAG, owner);
        }
        CreateRuntimeRequest.Builder request =
                CreateRuntimeRequest.browser().config(spec.config()).metadata(metadata);
        if (spec.name() != null) {
            request.name(spec.name());
        }
        if (spec.profile() != null) {
            request.profile(spec.profile());
        }
        if (!spec.extensionIds().isEmpty()) {
            request.extensionIds(spec.extensionIds());
        }
        if (spec.recording() != RecordingMode.OFF) {
            // A service that does not know the field is not bothered with its default.
            request.recording(spec.recording());
        }
        try {
            return client.runtimes().create(spaceId, request.build(), watch.options());
        } catch (BctrlConnectionException
                | BctrlTimeoutException
                | BctrlInterruptedException
                | ServerException unanswered) {
            stopTagged(spaceId, tag, unanswered);
            throw unanswered;
        }
    }

    private void stopTagged(String spaceId, String tag, RuntimeException failure) {
        takeBack(failure, () -> {
            for (BrowserRuntime runtime : client.runtimes().list(spaceId, cleanUp())) {
                JsonObject metadata = runtime.metadata();
                if (runtime.status() == RuntimeStatus.ACTIVE
                        && metadata != null
                        && new JsonPrimitive(tag).equals(metadata.get(ACQUIRE_TAG))) {
                    client.runtimes().stop(spaceId, runtime.id(), cleanUp());
                }
            }
        });
    }

    /** Takes back what was made; where that fails too, the first failure stays the one that is told. */
    private static void takeBack(RuntimeException failure, Runnable work) {
        try {
            Uninterrupted.run(work);
        } catch (BctrlException cleanUpFailure) {
            failure.addSuppressed(cleanUpFailure);
        }
    }

    private static RequestOptions cleanUp() {
        return RequestOptions.none().withTimeout(CLEAN_UP_TIMEOUT);
    }

    /** Measures laps and hands out what is left of the time. */
    private static final class Stopwatch {
        private final Duration total;
        private final long start = System.nanoTime();
        private long lapStart = start;

        Stopwatch(Duration total) {
            this.total = total;
        }

        RequestOptions options() {
            Duration left = total.minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                throw new BctrlTimeoutException(
                        "acquiring a browser took longer than acquireTimeout = " + total.toMillis() + " ms", null);
            }
            return RequestOptions.none().withTimeout(left);
        }

        PhaseTimes lap(PhaseTimes phases, String name) {
            long now = System.nanoTime();
            PhaseTimes longer = phases.plus(name, Duration.ofNanos(now - lapStart));
            lapStart = now;
            return longer;
        }
    }
}
