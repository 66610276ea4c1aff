package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A lease on a viewer of a recording. Its addresses are opaque and short-lived: do not keep them.
 *
 * <p>Schema {@code RecordingViewer}. Immutable.
 *
 * @param iframeUrl page to open or embed
 * @param activityStreamUrl timeline; only if asked for
 * @param status whether it can be watched
 * @param durationMs length in milliseconds
 * @param expiresAt RFC 3339
 * @param extra what was on the wire and has no component here
 */
public record RecordingView(
        String iframeUrl,
        @Nullable String activityStreamUrl,
        RecordingStatus status,
        @Nullable Long durationMs,
        String expiresAt,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RecordingView(
            String iframeUrl,
            @Nullable String activityStreamUrl,
            RecordingStatus status,
            @Nullable Long durationMs,
            String expiresAt) {
        this(iframeUrl, activityStreamUrl, status, durationMs, expiresAt, new JsonObject());
    }

    /** Hides the addresses, which carry their own credential. */
    @Override
    public String toString() {
        return "RecordingView[expiresAt=" + expiresAt + "]";
    }
}
