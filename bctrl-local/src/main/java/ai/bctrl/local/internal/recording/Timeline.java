package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.model.ActivityItem;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks on the time line of a replay, made of the activity of the run. Thread-safe. */
final class Timeline {

    private static final int MOST = 5000;

    private final Activity activity;

    Timeline(Activity activity) {
        this.activity = activity;
    }

    /**
     * {@return the marks of a run, each with {@code t} (ms since the run's begin), {@code kind} (test, step, action, page,
     * network, console, error, failure) and {@code label}; spans also have {@code end}, what went wrong {@code failed}}
     */
    JsonArray marks(String runId, Instant start) {
        Map<String, ActivityItem> rows = new LinkedHashMap<>();
        Activity.Tail tail = activity.follow(runId, null, List.of());
        for (List<ActivityItem> some = tail.poll(); !some.isEmpty() && rows.size() < MOST; some = tail.poll()) {
            for (ActivityItem row : some) {
                rows.put(row.extra().get("id").getAsString(), row);
            }
        }
        JsonArray marks = new JsonArray();
        for (ActivityItem row : rows.values()) {
            String kind = kind(row);
            if (kind != null) {
                marks.add(mark(row, kind, start));
            }
        }
        return marks;
    }

    private static @Nullable String kind(ActivityItem row) {
        boolean grave = row.severity() != null;
        return switch (row.type()) {
            case "test" -> "test";
            case "test.step" -> "step";
            case "test.failed" -> "failure";
            case "page.error", "page.crash", "runtime.failed" -> "error";
            case "browser.navigate", "dialog.opened", "download.finished", "download.failed" -> "page";
            case "console.message" -> "error".equals(row.severity()) ? "console" : null;
            case "network.response", "network.failed" -> grave ? "network" : null;
            case "live.input" -> "action";
            default -> row.type().startsWith("browser.") ? "action" : null;
        };
    }

    private static JsonObject mark(ActivityItem row, String kind, Instant start) {
        JsonObject mark = new JsonObject();
        long t = Math.max(0, Duration.between(start, Instant.parse(row.time())).toMillis());
        mark.addProperty("t", t);
        mark.addProperty("kind", kind);
        mark.addProperty("label", row.message());
        boolean span = kind.equals("test") || kind.equals("step");
        if (span && row.durationMs() != null) {
            mark.addProperty("end", t + row.durationMs());
        }
        if ("failed".equals(row.status())) {
            mark.addProperty("failed", true);
        }
        JsonElement page = row.extra().get("pageId");
        if (page != null) {
            mark.add("pageId", page);
        }
        return mark;
    }
}
