package ai.bctrl.benchmarks.plane;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BadRequestException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.Space;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Runtimes by their isolation, asked for by the name on the wire, so that control planes that know none can be measured too.
 * Thread-safe; the client stays open.
 *
 * @param client of the control plane
 * @param spaceId where they are made
 */
public record Isolations(BctrlClient client, String spaceId) {
    private static final int CONNECTION_SECONDS = 3600;

    /** A Chromium of its own; the default of every control plane. */
    public static final String PROCESS = "process";

    /** A browser context of a Chromium that is shared. */
    public static final String CONTEXT = "context";

    /** {@return those in the first space of the key} */
    public static Isolations of(BctrlClient client) {
        return new Isolations(
                client,
                client.spaces().list().stream()
                        .map(Space::id)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the control plane has no space")));
    }

    /** {@return a new runtime} */
    public BrowserRuntime create(String isolation) {
        JsonObject extra = new JsonObject();
        if (!isolation.equals(PROCESS)) {
            extra.addProperty("isolation", isolation);
        }
        return client.runtimes()
                .create(spaceId, CreateRuntimeRequest.browser().extra(extra).build());
    }

    /** Stops a runtime. */
    public void stop(BrowserRuntime runtime) {
        client.runtimes().stop(spaceId, runtime.id());
    }

    /** {@return the CDP address of a new connection} */
    public String connect(BrowserRuntime runtime) {
        return client.connections()
                .create(spaceId, runtime.id(), CreateConnectionRequest.cdp(CONNECTION_SECONDS))
                .endpoint()
                .url();
    }

    /** {@return why runtimes of the isolation cannot be measured; null where they can} */
    public @Nullable String lacks(String isolation) {
        if (isolation.equals(PROCESS)) {
            return null;
        }
        BrowserRuntime runtime;
        try {
            runtime = create(isolation);
        } catch (BadRequestException unknown) {
            return "this control plane knows no isolation";
        }
        try {
            JsonElement echoed = Json.tree(runtime).getAsJsonObject().get("isolation");
            return echoed != null
                            && !echoed.isJsonNull()
                            && echoed.getAsString().equals(isolation)
                    ? null
                    : "this control plane knows no isolation";
        } finally {
            stop(runtime);
        }
    }
}
