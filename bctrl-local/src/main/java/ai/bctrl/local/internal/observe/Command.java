package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command of a controller that is not answered yet.
 *
 * @param method such as {@code Page.navigate}
 * @param session whom it was sent to
 * @param begun when it was seen
 * @param params what it asks
 * @param summary what the record tells of it; null for one that is not told
 */
record Command(
        String method,
        Session session,
        Instant begun,
        JsonObject params,
        @Nullable EventData summary) {

    /** Whether the answer's content matters, not only that there is one. */
    boolean wantsResult() {
        return method.equals("Page.navigate") || method.equals("Target.createBrowserContext");
    }
}
