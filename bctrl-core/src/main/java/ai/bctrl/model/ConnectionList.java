package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * All connection leases of a runtime.
 *
 * <p>Schema {@code ConnectionList}. Immutable.
 *
 * @param connections the leases
 * @param extra what was on the wire and has no component here
 */
public record ConnectionList(List<RuntimeConnection> connections, JsonObject extra) {
    /** Copies the lists. */
    public ConnectionList {
        connections = List.copyOf(connections);
    }

    /** Everything on the wire has a component. */
    public ConnectionList(List<RuntimeConnection> connections) {
        this(connections, new JsonObject());
    }
}
