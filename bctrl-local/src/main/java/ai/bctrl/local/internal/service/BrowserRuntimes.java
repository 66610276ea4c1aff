package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.ProtocolAvailability;
import ai.bctrl.model.RuntimeBacking;
import ai.bctrl.model.RuntimeConnections;
import ai.bctrl.model.RuntimeSummary;
import ai.bctrl.model.RuntimeType;
import com.google.gson.JsonObject;
import java.util.List;

/** Runtimes as the API shows them. */
final class BrowserRuntimes {

    private static final String REGION = "local";

    private BrowserRuntimes() {}

    static BrowserRuntime of(StoredRuntime runtime) {
        boolean active = runtime.isActive();
        ProtocolAvailability no = new ProtocolAvailability(false);
        return new BrowserRuntime(
                runtime.id(),
                runtime.spaceId(),
                runtime.name(),
                RuntimeType.BROWSER,
                RuntimeType.BROWSER,
                runtime.status(),
                REGION,
                active ? runtime.runId() : null,
                runtime.profile() == null
                        ? new RuntimeBacking.Ephemeral()
                        : new RuntimeBacking.Profile(runtime.profile()),
                List.of("cdp"),
                new RuntimeConnections(new ProtocolAvailability(active), no, no, no, no, no),
                runtime.metadata(),
                summary(runtime),
                runtime.isolation(),
                runtime.createdAt(),
                runtime.updatedAt());
    }

    private static RuntimeSummary summary(StoredRuntime runtime) {
        JsonObject extra = new JsonObject();
        if (runtime.browser() != null) {
            extra.addProperty("browser", runtime.browser());
        }
        if (runtime.failureReason() != null) {
            extra.addProperty("failureReason", runtime.failureReason());
        }
        return new RuntimeSummary(runtime.isActive(), null, null, null, null, extra);
    }
}
