package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks viewers of a run to take its browser over, or to let it go on. An addition of bctrl-local.
 *
 * <p>Schema {@code RunHoldCreate}. Immutable.
 *
 * @param seconds how long the browser is held at most, 1 to 86400 s
 * @param message what viewers read, at most 500 characters
 * @param extra what was on the wire and has no component here
 */
public record HoldRunRequest(Integer seconds, @Nullable String message, JsonObject extra) {
    /** Everything on the wire has a component. */
    public HoldRunRequest(Integer seconds, @Nullable String message) {
        this(seconds, message, new JsonObject());
    }
}
