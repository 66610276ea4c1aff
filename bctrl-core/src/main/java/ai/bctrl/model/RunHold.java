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
 * @param remainingSeconds how long it is still held
 * @param released why it ended: {@code viewer}, {@code request}, {@code time} or {@code run_ended}
 * @param extra what was on the wire and has no component here
 */
public record RunHold(
        Boolean held,
        @Nullable String until,
        @Nullable String message,
        @Nullable Long remainingSeconds,
        @Nullable String released,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunHold(
            Boolean held,
            @Nullable String until,
            @Nullable String message,
            @Nullable Long remainingSeconds,
            @Nullable String released) {
        this(held, until, message, remainingSeconds, released, new JsonObject());
    }
}
