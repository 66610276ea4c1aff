package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How far work is.
 *
 * <p>Schema {@code WorkProgress}. Immutable.
 *
 * @param currentCall call at work
 * @param lastEventType type of the last event
 * @param message text for people
 * @param step number of the step
 * @param totalSteps number of steps
 * @param extra what was on the wire and has no component here
 */
public record WorkProgress(
        @Nullable String currentCall,
        @Nullable String lastEventType,
        @Nullable String message,
        @Nullable Integer step,
        @Nullable Integer totalSteps,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public WorkProgress(
            @Nullable String currentCall,
            @Nullable String lastEventType,
            @Nullable String message,
            @Nullable Integer step,
            @Nullable Integer totalSteps) {
        this(currentCall, lastEventType, message, step, totalSteps, new JsonObject());
    }
}
