package ai.bctrl.local.internal.store;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not written yet. Immutable; nobody changes the data any more.
 *
 * @param runId UUID of the run
 * @param runtimeId UUID of the runtime
 * @param type dotted name
 * @param kind family of the type
 * @param source who tells it
 * @param connectionId UUID of the connection it belongs to, if any
 * @param pageId DevTools' id of the page it belongs to, if any
 * @param contextId DevTools' id of the browser context it belongs to, if any
 * @param data what the type tells; null where it tells nothing more
 * @param time RFC 3339 in UTC with milliseconds
 */
public record NewEvent(
        String runId,
        String runtimeId,
        String type,
        String kind,
        String source,
        @Nullable String connectionId,
        @Nullable String pageId,
        @Nullable String contextId,
        @Nullable JsonObject data,
        String time) {}
