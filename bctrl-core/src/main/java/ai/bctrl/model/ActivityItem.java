package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the timeline for people.
 *
 * <p>Schema {@code ActivityItem}. Immutable.
 *
 * @param time RFC 3339
 * @param type for example {@code browser.type}
 * @param message text
 * @param status how it ended
 * @param severity how grave it is
 * @param durationMs how long it took, in milliseconds
 * @param children rows folded into this one
 * @param extra what was on the wire and has no component here
 */
public record ActivityItem(
        String time,
        String type,
        String message,
        @Nullable String status,
        @Nullable String severity,
        @Nullable Long durationMs,
        @Nullable List<ActivityItem> children,
        JsonObject extra) {
    /** Copies the lists. */
    public ActivityItem {
        children = children == null ? null : List.copyOf(children);
    }

    /** Everything on the wire has a component. */
    public ActivityItem(
            String time,
            String type,
            String message,
            @Nullable String status,
            @Nullable String severity,
            @Nullable Long durationMs,
            @Nullable List<ActivityItem> children) {
        this(time, type, message, status, severity, durationMs, children, new JsonObject());
    }
}
