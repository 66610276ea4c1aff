package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Keeps what viewers had a browser do. Thread-safe; waits for nothing. */
@FunctionalInterface
public interface CommandLog {

    /**
     * A command that was sent to a browser is over.
     *
     * @param entryCall name of the command, such as {@code live.reload}
     * @param request what was asked for; no secrets
     * @param error null if it succeeded
     */
    void finished(String runId, String entryCall, JsonObject request, @Nullable String error);

    /** {@return a log that keeps nothing} */
    static CommandLog none() {
        return (runId, entryCall, request, error) -> {};
    }
}
