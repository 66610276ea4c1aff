package ai.bctrl.local.internal.cdp;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Hears what a browser tells by itself. Called by one thread at a time, which must not be kept. */
@FunctionalInterface
public interface CdpListener {

    /**
     * Something happened.
     *
     * @param method name of the event, such as {@code Target.targetCreated}
     * @param sessionId the session that tells it; null for the browser itself
     * @param params what is told; nobody else uses the object
     */
    void event(String method, @Nullable String sessionId, JsonObject params);
}
