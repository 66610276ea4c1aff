package ai.bctrl.junit.internal.trace;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects from the events of a trace what a test did and what its pages said. Not thread-safe. */
final class TraceReader {
    private static final int LONGEST_CONSOLE_TEXT = 20_000;
    private static final Set<String> NOISE = Set.of("Tracing", "Disposable", "LocalUtils", "Artifact");
    private static final Set<String> KEYBOARD =
            Set.of("keyboardType", "keyboardInsertText", "keyboardPress", "keyboardDown", "keyboardUp");
    private static final Set<String> MOUSE = Set.of("mouseClick", "mouseDown", "touchscreenTap");

    private final Map<String, TraceCall> open = new LinkedHashMap<>();
    private final Map<String, Integer> pages = new HashMap<>();
    private final Map<String, Field> focused = new HashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final Deque<ConsoleLine> console = new ArrayDeque<>();
    private int consoleLines;
    private final List<FieldUse> fields = new ArrayList<>();
    private Instant wall = Instant.EPOCH;
    private double monotonic;
    private double last;

    /** A value that was typed in a field, expected of it or read from it. */
    record FieldUse(String callId, Field field, @Nullable String value) {}

    void event(JsonObject event) {
        switch (Titles.text(event, "type")) {
            case "context-options" -> {
                wall = Instant.ofEpochMilli((long) number(event, "wallTime"));
                monotonic = number(event, "monotonicTime");
            }
            case "before" -> before(event);
            case "log" -> {
                TraceCall call = open.get(Titles.text(event, "callId"));
                if (call != null) {
                    call.log(Titles.text(event, "message"));
                }
            }
            case "after" -> after(event);
            case "console" -> console(event);
            case "event" -> pageEvent(event);
            default -> {
                // Snapshots and pictures say nothing of what was done.
            }
        }
    }

    private void before(JsonObject event) {
        TraceCall call = new TraceCall(event);
        last = Math.max(last, call.start());
        open.put(call.id(), call);
        page(call.pageId());
    }

    private void after(JsonObject event) {
        TraceCall call = open.remove(Titles.text(event, "callId"));
        double end = number(event, "endTime");
        last = Math.max(last, end);
        if (call != null) {
            finish(call, end, error(event, call), event.get("result"));
        }
    }

    private void finish(TraceCall call, double end, @Nullable String error, @Nullable JsonElement result) {
        String locator = call.locator();
        String value = Titles.value(call);
        Field field = field(call);
        if (field != null) {
            fields.add(new FieldUse(call.id(), field, value));
            fields.add(new FieldUse(call.id(), field, call.unexpectedValue()));
            if (result instanceof JsonObject object
                    && object.get("value") instanceof JsonPrimitive read
                    && read.isString()
                    && call.method().equals("inputValue")) {
                fields.add(new FieldUse(call.id(), field, read.getAsString()));
            }
        }
        if (NOISE.contains(call.type())) {
            return;
        }
        actions.add(new Action(
                time(call.start()),
                Duration.of(Math.round(Math.max(0, end - call.start()) * 1e3), ChronoUnit.MICROS),
                Titles.of(call, locator),
                call.type() + "." + call.method(),
                locator == null && field != null ? field.locator() : locator,
                value,
                page(call.pageId()),
                error,
                field == null ? call.element() : field.element()));
    }

    /** {@return the field that a call is about; keys go to the one that a test acted on before} */
    private @Nullable Field field(TraceCall call) {
        if (KEYBOARD.contains(call.method())) {
            if (call.method().equals("keyboardPress")
                    && Titles.text(call.params(), "key").equals("Tab")) {
                focused.remove(call.pageId());
            }
            return focused.get(call.pageId());
        }
        if (MOUSE.contains(call.method())) {
            focused.remove(call.pageId());
        }
        if (call.selector().isEmpty()) {
            return null;
        }
        Field field = new Field(call.locator(), call.element());
        if (Set.of("click", "fill", "type", "press", "focus", "tap", "dblclick").contains(call.method())) {
            focused.put(call.pageId(), field);
        }
        return field;
    }

    private static @Nullable String error(JsonObject event, TraceCall call) {
        if (!(event.get("error") instanceof JsonObject error)) {
            return null;
        }
        String name = Titles.text(error, "name");
        String message = Titles.text(error, "message");
        String text = name.isEmpty() || message.startsWith(name) ? message : name + ": " + message;
        return call.unexpected().isEmpty() ? text : text + ": " + call.unexpected();
    }

    private void console(JsonObject event) {
        JsonObject location = object(event, "location");
        String url = Titles.text(location, "url");
        say(new ConsoleLine(
                time(number(event, "time")),
                Titles.text(event, "messageType"),
                cut(Titles.text(event, "text")),
                url.isEmpty() ? null : url,
                url.isEmpty() ? 0 : (int) number(location, "lineNumber") + 1,
                page(Titles.text(event, "pageId"))));
    }

    private void pageEvent(JsonObject event) {
        JsonObject params = object(event, "params");
        String paramsPage = Titles.text(params, "pageId");
        int page = page(paramsPage.isEmpty() ? Titles.text(event, "pageId") : paramsPage);
        Instant time = time(number(event, "time"));
        switch (Titles.text(event, "method")) {
            case "dialog" ->
                say(new ConsoleLine(
                        time,
                        "dialog",
                        cut(Titles.text(params, "type") + ": " + Titles.text(params, "message")),
                        null,
                        0,
                        page));
            case "pageError" -> {
                JsonObject error = object(params, "error");
                JsonObject thrown = object(error, "error");
                String stack = Titles.text(thrown, "stack");
                String text = thrown.size() == 0
                        ? String.valueOf(error.get("value"))
                        : stack.isEmpty() ? Titles.text(thrown, "message") : stack;
                JsonObject location = object(params, "location");
                String url = Titles.text(location, "url");
                say(new ConsoleLine(
                        time,
                        "pageerror",
                        cut(text),
                        url.isEmpty() ? null : url,
                        (int) number(location, "line") + 1,
                        page));
            }
            default -> {
                // Pages that open, close or download are seen elsewhere.
            }
        }
    }

    /** A page may say more than there is memory for. */
    private void say(ConsoleLine line) {
        consoleLines++;
        console.add(line);
        if (console.size() > TraceFile.MOST_CONSOLE_LINES) {
            console.remove();
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_CONSOLE_TEXT
                ? text
                : text.substring(0, LONGEST_CONSOLE_TEXT) + "… and " + (text.length() - LONGEST_CONSOLE_TEXT)
                        + " characters more";
    }

    private int page(String id) {
        return id.isEmpty() ? 0 : pages.computeIfAbsent(id, unused -> pages.size() + 1);
    }

    private Instant time(double at) {
        return wall.plus(Math.round((at - monotonic) * 1e3), ChronoUnit.MICROS);
    }

    private static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject value ? value : new JsonObject();
    }

    private static double number(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isNumber() ? value.getAsDouble() : 0;
    }

    /** Ends the calls that never did. */
    void end() {
        for (TraceCall call : List.copyOf(open.values())) {
            finish(call, last, "did not end", null);
        }
        open.clear();
        actions.sort((a, b) -> a.time().compareTo(b.time()));
    }

    List<Action> actions() {
        return actions;
    }

    List<ConsoleLine> console() {
        return List.copyOf(console);
    }

    int consoleLines() {
        return consoleLines;
    }

    List<FieldUse> fields() {
        return fields;
    }
}
