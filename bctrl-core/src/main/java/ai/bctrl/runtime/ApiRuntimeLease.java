package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RuntimeConnection;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.SortOrder;
import ai.bctrl.network.Network;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A lease over the spaces API. Closing it stops the runtime, which ends the connection and the run with it. */
final class ApiRuntimeLease implements RuntimeLease {
    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(5));
    private static final RequestOptions STOP_UNREACHABLE = RequestOptions.none().withTimeout(Duration.ofSeconds(3));
    private static final RequestOptions STOP = RequestOptions.none().withTimeout(Duration.ofSeconds(30));
    private static final Duration LAST_NOTES = Duration.ofSeconds(2);
    private static final List<String> ENDINGS = List.of("runtime.failed", "runtime.stopped");

    private final BctrlClient client;
    private final String spaceId;
    private final String runtimeId;
    private final String runId;
    private final CreatedConnection connection;
    private final PhaseTimes phases;
    private final RunNotes notes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean unreachable;

    ApiRuntimeLease(
            BctrlClient client,
            String spaceId,
            String runtimeId,
            String runId,
            CreatedConnection connection,
            PhaseTimes phases) {
        this.client = client;
        this.spaceId = spaceId;
        this.runtimeId = runtimeId;
        this.runId = runId;
        this.connection = connection;
        this.phases = phases;
        this.notes = new RunNotes(client, runId);
    }

    @Override
    public String runtimeId() {
        return runtimeId;
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public String cdpUrl() {
        String url = connection.endpoint().url();
        // A service behind something that does the TLS for it does not know that it is reached by TLS.
        String plain = "ws" + client.origin().substring("https".length()) + "/";
        return client.origin().startsWith("https:") && url.startsWith(plain) ? "wss" + url.substring(2) : url;
    }

    @Override
    public PhaseTimes phases() {
        return phases;
    }

    @Override
    public @Nullable RuntimeEnding ending() {
        // Until it answers: whoever asks may not wait for that.
        unreachable = true;
        try {
            BrowserRuntime runtime = client.runtimes().get(spaceId, runtimeId, ASK);
            unreachable = false;
            if (runtime.status() == RuntimeStatus.FAILED) {
                return new RuntimeEnding(RuntimeEnding.Cause.CRASHED, reason("the browser ended by itself"));
            } else if (runtime.status() == RuntimeStatus.STOPPED) {
                String reason = reason("the runtime was stopped");
                boolean withTheService = reason.startsWith("control plane ");
                return new RuntimeEnding(
                        withTheService ? RuntimeEnding.Cause.LOST : RuntimeEnding.Cause.STOPPED, reason);
            }
            return endingOfConnection();
        } catch (NotFoundException gone) {
            unreachable = false;
            return new RuntimeEnding(RuntimeEnding.Cause.LOST, "the control plane does not know the runtime any more");
        } catch (BctrlException silent) {
            return new RuntimeEnding(
                    RuntimeEnding.Cause.LOST, "the control plane does not answer: " + silent.getMessage());
        }
    }

    private @Nullable RuntimeEnding endingOfConnection() {
        for (RuntimeConnection lease : client.connections().list(spaceId, runtimeId, ASK)) {
            if (lease.id().equals(connection.id())) {
                if (lease.status() == ConnectionStatus.EXPIRED) {
                    return new RuntimeEnding(
                            RuntimeEnding.Cause.EXPIRED, "the connection expired at " + lease.expiresAt());
                } else if (lease.status() == ConnectionStatus.REVOKED) {
                    return new RuntimeEnding(
                            RuntimeEnding.Cause.REVOKED, "the connection was revoked at " + lease.revokedAt());
                }
            }
        }
        return null;
    }

    private String reason(String otherwise) {
        EventQuery query = EventQuery.builder()
                .type(ENDINGS)
                .order(SortOrder.DESC)
                .limit(1)
                .build();
        for (RunEvent event : client.runs().events(runId, query, ASK).items()) {
            JsonObject data = event.data();
            JsonElement reason = data == null ? null : data.get("reason");
            if (reason != null && reason.isJsonPrimitive()) {
                return reason.getAsString();
            }
        }
        return otherwise;
    }

    @Override
    public LiveView liveView(CreateLiveViewRequest request) {
        return client.runs().live(runId, request);
    }

    @Override
    public void tell(NewRunEvent note) {
        notes.add(note);
    }

    @Override
    public Network network() {
        return client.network();
    }

    @Override
    public @Nullable RemoteFiles remoteFiles() {
        JsonElement directory = connection.extra().get("filesDirectory");
        return directory == null || !directory.isJsonPrimitive()
                ? null
                : new ApiRemoteFiles(client, spaceId, runtimeId, directory.getAsString());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Uninterrupted.run(() -> notes.flush(LAST_NOTES));
            // A control plane that has just not answered ends the browser by its own clock; a test need not wait for
            // that.
            RequestOptions patience = unreachable ? STOP_UNREACHABLE : STOP;
            Uninterrupted.run(() -> client.runtimes().stop(spaceId, runtimeId, patience));
        } catch (NotFoundException gone) {
            // Then it does not run.
        } catch (BctrlException notConfirmed) {
            closed.set(false);
            throw notConfirmed;
        }
    }

    @Override
    public String toString() {
        return "RuntimeLease[runtime=" + runtimeId + ", run=" + runId + "]";
    }
}
