package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a wait ended with.
 *
 * <p>Schema {@code RunEventWaitResult}. Immutable.
 *
 * @param event the event; absent after a time-out
 * @param timedOut whether the time ran out
 * @param cursor position of the event
 * @param extra what was on the wire and has no component here
 */
public record WaitedEvent(
        @WrittenAsNull @Nullable RunEvent event,
        Boolean timedOut,
        @Nullable String cursor,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public WaitedEvent(@Nullable RunEvent event, Boolean timedOut, @Nullable String cursor) {
        this(event, timedOut, cursor, new JsonObject());
    }
}
