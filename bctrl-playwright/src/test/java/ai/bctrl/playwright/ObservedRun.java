package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Compares what a run's record holds of the browser, step by step, with what was done. Not thread-safe. */
final class ObservedRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Chromium itself tells this to no session in about one of eight cases: the script is there before they listen. */
    private static final String SOMETIMES = "response 200 /sw/worker.js";

    private final BctrlClient client;
    private final String runId;
    private final ObservedSite site;
    private int seen;

    ObservedRun(BctrlClient client, String runId, ObservedSite site) {
        this.client = client;
        this.runId = runId;
        this.site = site;
    }

    /** What the step before has made are exactly these, in this order. */
    void holds(String step, String... expected) {
        assertThat(next(expected.length)).as(step).containsExactly(expected);
    }

    /** What the step before has made are exactly these; several processes tell them. */
    void holdsInAnyOrder(String step, String... expected) {
        assertThat(next(expected.length)).as(step).containsExactlyInAnyOrder(expected);
    }

    /** Nothing more has happened, also a while later. */
    void holdsNoMore() {
        assertThat(all()).hasSize(seen);
    }

    private List<String> next(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> all = all();
        while (all.size() < seen + count && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            all = all();
        }
        List<String> news = new ArrayList<>(all.subList(seen, all.size()));
        seen = all.size();
        return news;
    }

    List<String> all() {
        return events().stream()
                .filter(event -> "browser".equals(event.kind()))
                .map(this::line)
                .filter(line -> !line.equals(SOMETIMES))
                .toList();
    }

    List<RunEvent> events() {
        return client.runs().events(runId, EventQuery.builder().limit(200).build()).stream()
                .toList();
    }

    private String line(RunEvent event) {
        JsonObject data = event.data() == null ? new JsonObject() : event.data();
        String line = switch (event.type()) {
            case "network.request" ->
                "request " + of(data, "method") + of(data, "url") + of(data, "resourceType")
                        + (data.has("redirectedFrom") ? "redirected " : "");
            case "network.response" ->
                "response " + of(data, "status") + of(data, "url") + (data.has("redirect") ? "redirect " : "");
            case "network.failed" ->
                "failed " + of(data, "url") + of(data, "error")
                        + (data.has("canceled") ? "canceled " : "") + of(data, "corsError")
                        + of(data, "blockedReason");
            case "console.message" -> "console " + of(data, "level") + of(data, "text");
            case "page.error" -> "error " + of(data, "message");
            case "dialog.opened" -> "dialog " + of(data, "dialogType") + of(data, "message");
            case "dialog.closed" -> "dialog closed " + of(data, "accepted");
            case "download.started" -> "download " + of(data, "suggestedFilename");
            case "download.finished" -> "downloaded " + of(data, "suggestedFilename") + of(data, "sizeBytes");
            case "page.opened" -> (data.has("openerId") ? "popup " : "page ") + of(data, "url");
            case "page.navigated" ->
                (data.has("withinDocument") ? "moved " : "navigated ")
                        + of(data, "url")
                        + (data.has("errorPage") ? "error page" : "");
            case "worker.opened", "worker.closed" -> event.type() + " " + of(data, "workerType") + of(data, "url");
            case "websocket.closed" -> "websocket.closed " + of(data, "sent") + of(data, "received");
            default -> event.type() + " " + of(data, "url");
        };
        return line.strip();
    }

    private String of(JsonObject data, String name) {
        String text = data.has(name) ? data.get(name).getAsString() : "";
        text = text.replace(site.url(), "")
                .replace("http://localhost:" + site.port(), "other:")
                .replace("ws://127.0.0.1:" + site.port(), "ws:");
        return text.isEmpty() ? "" : text + " ";
    }
}
