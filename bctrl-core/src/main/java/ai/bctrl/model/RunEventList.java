package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events.
 *
 * <p>Schema {@code RunEventList}. Immutable.
 *
 * @param events the events
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record RunEventList(List<RunEvent> events, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public RunEventList {
        events = List.copyOf(events);
    }

    /** Everything on the wire has a component. */
    public RunEventList(List<RunEvent> events, @Nullable String nextCursor) {
        this(events, nextCursor, new JsonObject());
    }
}
