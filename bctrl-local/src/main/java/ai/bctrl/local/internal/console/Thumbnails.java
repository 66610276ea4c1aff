package ai.bctrl.local.internal.console;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.cdp.CdpException;
import ai.bctrl.local.internal.service.LiveBrowser;
import ai.bctrl.local.internal.service.LiveBrowsers;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Small pictures of what browsers show now, each at most every 2 s, and only while somebody asks. Thread-safe. */
final class Thumbnails {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final LiveBrowsers browsers;
    private final CdpClients clients;
    private final Map<String, Taken> last = new ConcurrentHashMap<>();

    private record Taken(long nanos, CompletableFuture<byte[]> picture) {}

    Thumbnails(LiveBrowsers browsers, CdpClients clients) {
        this.browsers = browsers;
        this.clients = clients;
    }

    /**
     * {@return the picture of a run's browser} Fails with a {@link CdpException} where there is none.
     *
     * @param runId UUID of the run
     */
    CompletableFuture<byte[]> of(String runId) {
        LiveBrowser browser = browsers.ofRun(runId);
        if (browser == null || !browser.isUp()) {
            last.remove(runId);
            return CompletableFuture.failedFuture(new CdpException("the browser is gone"));
        }
        long now = System.nanoTime();
        last.values().removeIf(old -> now - old.nanos() > FRESH.toNanos() * 30);
        return last.compute(
                        runId,
                        (id, old) -> old != null && now - old.nanos() < FRESH.toNanos()
                                ? old
                                : new Taken(now, take(browser)))
                .picture();
    }

    private CompletableFuture<byte[]> take(LiveBrowser browser) {
        return clients.open(browser.browser().devTools(), (method, session, params) -> {})
                .thenCompose(client -> take(client).whenComplete((picture, failure) -> client.close()));
    }

    private static CompletableFuture<byte[]> take(CdpClient client) {
        return client.send("Target.getTargets", new JsonObject())
                .thenCompose(targets -> {
                    String target = page(targets);
                    if (target == null) {
                        throw new CdpException("no page is open");
                    }
                    JsonObject params = new JsonObject();
                    params.addProperty("targetId", target);
                    params.addProperty("flatten", true);
                    return client.send("Target.attachToTarget", params);
                })
                .thenCompose(attached -> {
                    JsonObject params = new JsonObject();
                    params.addProperty("format", "jpeg");
                    params.addProperty("quality", 40);
                    params.addProperty("optimizeForSpeed", true);
                    return client.send(
                            "Page.captureScreenshot",
                            params,
                            attached.get("sessionId").getAsString(),
                            PATIENCE);
                })
                .thenApply(shot -> Base64.getDecoder().decode(shot.get("data").getAsString()));
    }

    /** A page that shows something, or else any. */
    private static @Nullable String page(JsonObject targets) {
        String any = null;
        for (JsonElement element : targets.getAsJsonArray("targetInfos")) {
            JsonObject target = element.getAsJsonObject();
            if (target.get("type").getAsString().equals("page")) {
                String id = target.get("targetId").getAsString();
                if (!target.get("url").getAsString().equals("about:blank")) {
                    return id;
                }
                any = id;
            }
        }
        return any;
    }
}
