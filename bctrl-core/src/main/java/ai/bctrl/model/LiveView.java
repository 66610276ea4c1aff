package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A lease on a live viewer. Its addresses are opaque and short-lived: do not keep them.
 *
 * <p>Schema {@code LiveViewer}. Immutable.
 *
 * @param iframeUrl page to open or embed
 * @param activityStreamUrl timeline; only if asked for
 * @param expiresAt RFC 3339
 * @param extra what was on the wire and has no component here
 */
public record LiveView(String iframeUrl, @Nullable String activityStreamUrl, String expiresAt, JsonObject extra) {
    /** Everything on the wire has a component. */
    public LiveView(String iframeUrl, @Nullable String activityStreamUrl, String expiresAt) {
        this(iframeUrl, activityStreamUrl, expiresAt, new JsonObject());
    }

    /** Hides the addresses, which carry their own credential. */
    @Override
    public String toString() {
        return "LiveView[expiresAt=" + expiresAt + "]";
    }
}
