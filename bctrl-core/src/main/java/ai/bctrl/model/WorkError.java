package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Why work failed.
 *
 * <p>Schema {@code WorkError}. Immutable.
 *
 * @param code stable code
 * @param message text for people
 * @param details facts tied to the code
 * @param extra what was on the wire and has no component here
 */
public record WorkError(
        @Nullable String code, String message, @Nullable JsonObject details, JsonObject extra) {
    /** Everything on the wire has a component. */
    public WorkError(@Nullable String code, String message, @Nullable JsonObject details) {
        this(code, message, details, new JsonObject());
    }
}
