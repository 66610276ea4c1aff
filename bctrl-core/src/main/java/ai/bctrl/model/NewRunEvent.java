package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client tells a run, such as the begin of a test.
 *
 * <p>Schema {@code RunEventCreate}. Immutable.
 *
 * @param type dotted name; begins with {@code test.}
 * @param time RFC 3339; when the server heard of it if absent
 * @param data what the type tells
 * @param extra what was on the wire and has no component here
 */
public record NewRunEvent(
        String type, @Nullable String time, @Nullable JsonObject data, JsonObject extra) {
    /** Everything on the wire has a component. */
    public NewRunEvent(String type, @Nullable String time, @Nullable JsonObject data) {
        this(type, time, data, new JsonObject());
    }
    /** {@return an event of now} */
    public static NewRunEvent of(String type, JsonObject data) {
        return new NewRunEvent(type, null, data);
    }
}
