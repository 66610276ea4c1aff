package ai.bctrl.local.internal.shared;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one connection hears of downloads. Whoever wants to hear of them in one context is told by the browser of those in
 * all; so they are kept back until it is known whose frame has begun them. Belongs to the loop's thread.
 */
final class Downloads {

    private static final String BEGIN = "Browser.downloadWillBegin";

    private final Hub hub;
    private final Tenant tenant;
    private final Consumer<String> client;
    private final Set<String> own = new HashSet<>();
    private final Map<String, List<String>> open = new HashMap<>();

    Downloads(Hub hub, Tenant tenant, Consumer<String> client) {
        this.hub = hub;
        this.tenant = tenant;
        this.client = client;
    }

    /** Passes an event on if it is of the runtime. */
    void take(String method, JsonObject params, String text) {
        String guid = String.valueOf(Json.text(params, "guid"));
        List<String> waiting = open.get(guid);
        if (own.contains(guid)) {
            client.accept(text);
            if (!"inProgress".equals(Json.text(params, "state")) && !method.equals(BEGIN)) {
                own.remove(guid);
            }
        } else if (waiting != null) {
            waiting.add(text);
        } else if (method.equals(BEGIN)) {
            List<String> first = new ArrayList<>(List.of(text));
            open.put(guid, first);
            hub.ifOwnFrame(tenant, String.valueOf(Json.text(params, "frameId")), mine -> {
                open.remove(guid);
                if (mine) {
                    own.add(guid);
                    first.forEach(client);
                }
            });
        }
    }
}
