package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Tells a run of events.
 *
 * <p>Schema {@code RunEventsCreate}. Immutable.
 *
 * @param events 1 to 100 events, in this order
 * @param extra what was on the wire and has no component here
 */
public record AddRunEventsRequest(List<NewRunEvent> events, JsonObject extra) {
    /** Copies the lists. */
    public AddRunEventsRequest {
        events = List.copyOf(events);
    }

    /** Everything on the wire has a component. */
    public AddRunEventsRequest(List<NewRunEvent> events) {
        this(events, new JsonObject());
    }
}
