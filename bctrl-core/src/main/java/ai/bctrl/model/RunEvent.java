package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run. Types are open: a type that this version has never seen is an event like
 * any other.
 *
 * <p>Schema {@code RunEvent}. Immutable.
 *
 * @param type dotted name, for example {@code runtime.started}
 * @param time RFC 3339
 * @param source who told it
 * @param id UUID
 * @param runId UUID of the run
 * @param runtimeId UUID of the runtime
 * @param kind family of the type
 * @param connectionId UUID of the connection, if it belongs to one
 * @param pageId page, if it belongs to one
 * @param contextId browser context, if it belongs to one
 * @param data what the type tells
 * @param extra what was on the wire and has no component here
 */
public record RunEvent(
        String type,
        String time,
        String source,
        @Nullable String id,
        @Nullable String runId,
        @Nullable String runtimeId,
        @Nullable String kind,
        @Nullable String connectionId,
        @Nullable String pageId,
        @Nullable String contextId,
        @Nullable JsonObject data,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunEvent(
            String type,
            String time,
            String source,
            @Nullable String id,
            @Nullable String runId,
            @Nullable String runtimeId,
            @Nullable String kind,
            @Nullable String connectionId,
            @Nullable String pageId,
            @Nullable String contextId,
            @Nullable JsonObject data) {
        this(type, time, source, id, runId, runtimeId, kind, connectionId, pageId, contextId, data, new JsonObject());
    }
}
