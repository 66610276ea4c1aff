package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
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
    /** {@return an event of now, which the server dates} */
    public static NewRunEvent of(String type, JsonObject data) {
        return new NewRunEvent(type, null, data);
    }

    /**
     * {@return an event of this moment, by this machine's clock}
     *
     * @param data texts, numbers and truth values by name
     */
    public static NewRunEvent now(String type, Map<String, ?> data) {
        JsonObject json = new JsonObject();
        data.forEach((name, value) -> {
            if (value instanceof Number number) {
                json.addProperty(name, number);
            } else if (value instanceof Boolean truth) {
                json.addProperty(name, truth);
            } else {
                json.addProperty(name, String.valueOf(value));
            }
        });
        return new NewRunEvent(
                type, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), json);
    }
}
