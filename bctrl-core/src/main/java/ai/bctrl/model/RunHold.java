package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run's browser is held for people, who end that in the live view. An addition of bctrl-local; the hosted service
 * does not know it.
 *
 * <p>Schema {@code RunHold}. Immutable.
 *
 * @param held whether it is held now
 * @param until RFC 3339; when the hold ends by itself
 * @param message what viewers read
 * @param extra what was on the wire and has no component here
 */
public record RunHold(
        Boolean held, @Nullable String until, @Nullable String message, JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunHold(Boolean held, @Nullable String until, @Nullable String message) {
        this(held, until, message, new JsonObject());
    }
}
