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
import ai.bctrl.model.Isolation;
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
    private final CapacityGate gate = new CapacityGate();

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
        CapacityGate.Passed<BrowserRuntime> created = create(spaceId, spec, tag, watch);
        BrowserRuntime runtime = created.value();
        Duration queued = created.queued().plus(queuedThere(runtime));
        watch.exclude(queued);
        phases = watch.lap(queued.toMillis() > 0 ? phases.plus("queue", queued) : phases, "create", queued);
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

    /** How long the request that made the runtime was in line, where the service says so. */
    private static Duration queuedThere(BrowserRuntime runtime) {
        return runtime.extra().get("queuedMs") instanceof JsonPrimitive millis && millis.isNumber()
                ? Duration.ofMillis(millis.getAsLong())
                : Duration.ZERO;
    }

    private CapacityGate.Passed<BrowserRuntime> create(String spaceId, RuntimeSpec spec, String tag, Stopwatch watch) {
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
        if (spec.isolation() != Isolation.PROCESS) {
            request.isolation(spec.isolation());
        }
        try {
            CreateRuntimeRequest wanted = request.build();
            return gate.pass(spec.queueTimeout(), turn -> {
                watch.exclude(turn.queued());
                return client.runtimes()
                        .create(spaceId, wanted, options(turn, watch, spec).withIdempotencyKey(tag));
            });
        } catch (BctrlConnectionException
                | BctrlTimeoutException
                | BctrlInterruptedException
                | ServerException unanswered) {
            stopTagged(spaceId, tag, unanswered);
            throw unanswered;
        }
    }

    /** A service that keeps us in line may take as long as we allow it to, and then its time to launch. */
    private static RequestOptions options(CapacityGate.Turn turn, Stopwatch watch, RuntimeSpec spec) {
        long half = spec.acquireTimeout().toSeconds() / 2;
        long hold =
                turn.inLine() ? turn.hold().toSeconds() : Math.min(turn.hold().toSeconds(), half);
        return watch.options(turn.inLine() ? turn.hold() : Duration.ZERO).withHeader("Prefer", "wait=" + hold);
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
        private Duration excluded = Duration.ZERO;

        Stopwatch(Duration total) {
            this.total = total;
        }

        /** Sets how much of the time until now does not count. */
        void exclude(Duration time) {
            excluded = time;
        }

        RequestOptions options() {
            return options(Duration.ZERO);
        }

        RequestOptions options(Duration more) {
            Duration left = total.plus(excluded).minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                throw new BctrlTimeoutException(
                        "acquiring a browser took longer than acquireTimeout = " + total.toMillis() + " ms", null);
            }
            return RequestOptions.none().withTimeout(left.plus(more));
        }

        PhaseTimes lap(PhaseTimes phases, String name) {
            return lap(phases, name, Duration.ZERO);
        }

        PhaseTimes lap(PhaseTimes phases, String name, Duration without) {
            long now = System.nanoTime();
            Duration took = Duration.ofNanos(now - lapStart).minus(without);
            PhaseTimes longer = phases.plus(name, took.isNegative() ? Duration.ZERO : took);
            lapStart = now;
            return longer;
        }
    }
}
