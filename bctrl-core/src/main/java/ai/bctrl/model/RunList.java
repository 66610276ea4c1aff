package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs, newest first.
 *
 * <p>Schema {@code RunList}. Immutable.
 *
 * @param runs the runs
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record RunList(List<Run> runs, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public RunList {
        runs = List.copyOf(runs);
    }

    /** Everything on the wire has a component. */
    public RunList(List<Run> runs, @Nullable String nextCursor) {
        this(runs, nextCursor, new JsonObject());
    }
}
