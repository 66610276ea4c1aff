package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the timeline.
 *
 * <p>Schema {@code ActivityList}. Immutable.
 *
 * @param items the rows
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record ActivityList(
        List<ActivityItem> items, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public ActivityList {
        items = List.copyOf(items);
    }

    /** Everything on the wire has a component. */
    public ActivityList(List<ActivityItem> items, @Nullable String nextCursor) {
        this(items, nextCursor, new JsonObject());
    }
}
