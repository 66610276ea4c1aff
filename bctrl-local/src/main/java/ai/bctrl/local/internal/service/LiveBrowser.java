package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.RecordingMode;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The browser of a runtime, from its start until its process is gone. Thread-safe.
 *
 * @param spaceId UUID of the space
 * @param runtimeId UUID of the runtime
 * @param runId UUID of the run
 * @param profile name of the profile it uses; null for a temporary one
 * @param owner who made it, as its metadata say; null where they do not
 * @param recording whether its pictures are recorded
 * @param browser the process
 * @param gone completes when the end of the runtime was recorded, with what controllers shall read
 * @param closed completes when nothing of the browser is left
 */
public record LiveBrowser(
        String spaceId,
        String runtimeId,
        String runId,
        @Nullable String profile,
        @Nullable String owner,
        RecordingMode recording,
        RunningBrowser browser,
        CompletableFuture<CloseReason> gone,
        CompletableFuture<Void> closed) {

    static LiveBrowser of(StoredRuntime runtime, RecordingMode recording, RunningBrowser browser) {
        return new LiveBrowser(
                runtime.spaceId(),
                runtime.id(),
                runtime.runId(),
                runtime.profile(),
                owner(runtime),
                recording,
                browser,
                new CompletableFuture<>(),
                new CompletableFuture<>());
    }

    private static @Nullable String owner(StoredRuntime runtime) {
        JsonObject metadata = runtime.metadata();
        return metadata != null
                        && metadata.get(Owners.TAG) instanceof JsonPrimitive owner
                        && owner.isString()
                        && !owner.getAsString().isEmpty()
                ? owner.getAsString()
                : null;
    }

    /** Whether controllers may attach. */
    public boolean isUp() {
        return !gone.isDone();
    }
}
