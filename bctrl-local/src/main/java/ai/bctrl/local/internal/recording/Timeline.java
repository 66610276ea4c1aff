package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.service.Events;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks on the time line of a replay, made of the events of the run. Thread-safe. */
final class Timeline {

    private static final List<String> TYPES = List.of(
            "test.started",
            "test.step.started",
            "test.step.finished",
            "test.failed",
            "test.finished",
            "connection.command.finished",
            "connection.command.failed",
            "console.message",
            "page.error",
            "page.crash",
            "page.navigated",
            "dialog.opened",
            "download.started",
            "run.failed");

    private static final int PAGE = 200;
    private static final int MAX_PAGES = 100;
    private static final int MAX_MARKS = 5000;

    private final Events events;

    Timeline(Events events) {
        this.events = events;
    }

    /**
     * {@return the marks of a run, each with {@code t} (ms since the run's begin), {@code kind} (test, step, action, page,
     * console, error, failure) and {@code label}; spans also have {@code end}}
     */
    JsonArray marks(String runId, Instant start) {
        JsonArray marks = new JsonArray();
        Map<String, JsonObject> open = new HashMap<>();
        String cursor = null;
        for (int page = 0; page < MAX_PAGES && marks.size() < MAX_MARKS; page++) {
            EventQuery.Builder query = EventQuery.builder().type(TYPES).limit(PAGE);
            if (cursor != null) {
                query.cursor(cursor);
            }
            RunEventList found = events.list(runId, query.build());
            for (RunEvent event : found.events()) {
                JsonObject mark = mark(event, start, open);
                if (mark != null) {
                    marks.add(mark);
                }
            }
            cursor = found.nextCursor();
            if (cursor == null) {
                break;
            }
        }
        return marks;
    }

    private static @Nullable JsonObject mark(RunEvent event, Instant start, Map<String, JsonObject> open) {
        JsonObject data = event.data() == null ? new JsonObject() : event.data();
        long t = millis(event.time(), start);
        return switch (event.type()) {
            case "test.started" -> opened(open, "test", mark(t, "test", testName(data)));
            case "test.finished" ->
                closed(open, "test", t, text(data, "outcome").equals("failed"), text(data, "outcome"));
            case "test.step.started" ->
                opened(open, "step " + text(data, "stepId"), mark(t, "step", text(data, "name")));
            case "test.step.finished" ->
                closed(
                        open,
                        "step " + text(data, "stepId"),
                        t,
                        text(data, "failed").equals("true"),
                        "");
            case "test.failed" -> mark(t, "failure", or(text(data, "message"), "The test failed"));
            case "connection.command.finished" -> mark(t, "action", action(data));
            case "connection.command.failed" -> failed(mark(t, "action", action(data)), text(data, "error"));
            case "console.message" ->
                text(data, "level").equals("error") ? mark(t, "console", text(data, "text")) : null;
            case "page.error" -> mark(t, "error", text(data, "message"));
            case "page.crash" -> mark(t, "error", "The page crashed");
            case "page.navigated" -> text(data, "main").equals("false") ? null : mark(t, "page", text(data, "url"));
            case "dialog.opened" -> mark(t, "page", "Dialog: " + text(data, "message"));
            case "download.started" -> mark(t, "page", "Download: " + text(data, "suggestedFilename"));
            case "run.failed" -> mark(t, "error", "The run failed: " + text(data, "reason"));
            default -> null;
        };
    }

    private static JsonObject mark(long t, String kind, String label) {
        JsonObject mark = new JsonObject();
        mark.addProperty("t", t);
        mark.addProperty("kind", kind);
        mark.addProperty("label", label);
        return mark;
    }

    private static JsonObject failed(JsonObject mark, String why) {
        mark.addProperty("failed", true);
        if (!why.isEmpty()) {
            mark.addProperty("detail", why);
        }
        return mark;
    }

    private static JsonObject opened(Map<String, JsonObject> open, String key, JsonObject mark) {
        open.put(key, mark);
        return mark;
    }

    private static @Nullable JsonObject closed(
            Map<String, JsonObject> open, String key, long t, boolean failed, String detail) {
        JsonObject mark = open.remove(key);
        if (mark != null) {
            mark.addProperty("end", t);
            if (failed) {
                failed(mark, detail);
            } else if (!detail.isEmpty()) {
                mark.addProperty("detail", detail);
            }
        }
        return null;
    }

    private static String testName(JsonObject data) {
        return or(text(data, "displayName"), or(text(data, "method"), "Test"));
    }

    private static String action(JsonObject data) {
        return or(text(data, "summary"), or(text(data, "method"), "Command"));
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static String text(JsonObject data, String name) {
        JsonElement value = data.get(name);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private static long millis(String time, Instant start) {
        try {
            return Math.max(0, Duration.between(start, Instant.parse(time)).toMillis());
        } catch (DateTimeParseException foreign) {
            return 0;
        }
    }
}
