package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * <p>Schema {@code RunEnded}. Immutable.
 *
 * @param runId UUID
 * @param status completed or failed
 * @param endedAt RFC 3339
 * @param reason why it ended so; null where a request to stop it is all there is to say
 * @param extra what was on the wire and has no component here
 */
public record RunEnd(
        String runId,
        RunStatus status,
        @Nullable String endedAt,
        @Nullable String reason,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunEnd(String runId, RunStatus status, @Nullable String endedAt, @Nullable String reason) {
        this(runId, status, endedAt, reason, new JsonObject());
    }
}
