package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * Where to attach. The address carries its own credential: keep it out of logs and files.
 *
 * <p>Schema {@code ConnectionEndpoint}. Immutable.
 *
 * @param url signed WebSocket URL
 * @param extra what was on the wire and has no component here
 */
public record ConnectionEndpoint(String url, JsonObject extra) {
    /** Everything on the wire has a component. */
    public ConnectionEndpoint(String url) {
        this(url, new JsonObject());
    }

    /** Hides the signed address. */
    @Override
    public String toString() {
        return "ConnectionEndpoint[url=(signed)]";
    }
}
