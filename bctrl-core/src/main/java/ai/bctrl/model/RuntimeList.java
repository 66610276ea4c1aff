package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * All runtimes of a space. Not paged.
 *
 * <p>Schema {@code RuntimeList}. Immutable.
 *
 * @param runtimes the runtimes
 * @param extra what was on the wire and has no component here
 */
public record RuntimeList(List<BrowserRuntime> runtimes, JsonObject extra) {
    /** Copies the lists. */
    public RuntimeList {
        runtimes = List.copyOf(runtimes);
    }

    /** Everything on the wire has a component. */
    public RuntimeList(List<BrowserRuntime> runtimes) {
        this(runtimes, new JsonObject());
    }
}
