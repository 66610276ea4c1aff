package ai.bctrl.local.internal.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** What pages and workers write to their consoles, and what they throw. Not thread-safe: belongs to its {@link RunObservation}. */
final class ConsoleEvents {

    /** Playwright has the page say this to know when it has set the content. */
    private static final String SIGNAL_OF_PLAYWRIGHT = "--playwright--set--content--";

    private final RunLog log;
    private final TargetEvents targets;

    ConsoleEvents(RunLog log, TargetEvents targets) {
        this.log = log;
        this.targets = targets;
    }

    void called(Moment at, JsonObject params) {
        String type = Fields.text(params, "type", "log");
        String text = text(Fields.array(params, "args"));
        if (text.startsWith(SIGNAL_OF_PLAYWRIGHT)) {
            return;
        }
        if (!log.isFirst("console " + type + " " + Fields.number(params, "timestamp") + " " + text.hashCode())) {
            return;
        }
        JsonObject frame = firstFrame(Fields.object(params, "stackTrace"));
        String level = level(type);
        log.add(
                at,
                "console.message",
                new EventData()
                        .plain("level", level)
                        .plain("call", level.equals(type) ? null : type)
                        .text("text", text)
                        .url("url", notEmpty(Fields.text(frame, "url")))
                        .number("line", line(frame)));
    }

    private static String level(String type) {
        return switch (type) {
            case "debug", "info", "warning", "error" -> type;
            case "assert" -> "error";
            default -> "log";
        };
    }

    /** What the browser itself writes to the console, unless it repeats what other events tell. */
    void logged(Moment at, JsonObject params) {
        JsonObject entry = Fields.object(params, "entry");
        String source = Fields.text(entry, "source", "");
        Target worker = targets.find(Fields.text(entry, "workerId", ""));
        if (source.equals("network") || (worker != null && worker.authority("Runtime") != null)) {
            return;
        }
        String text = Fields.text(entry, "text", "");
        if (!log.isFirst("log " + Fields.number(entry, "timestamp") + " " + text.hashCode())) {
            return;
        }
        Double line = Fields.number(entry, "lineNumber");
        String level = Fields.text(entry, "level", "info");
        log.add(
                at,
                "console.message",
                new EventData()
                        .plain("level", level.equals("verbose") ? "debug" : level)
                        .plain("origin", source)
                        .text("text", text)
                        .url("url", notEmpty(Fields.text(entry, "url")))
                        .number("line", line == null ? null : line.intValue() + 1));
    }

    void thrown(Moment at, JsonObject params) {
        JsonObject details = Fields.object(params, "exceptionDetails");
        JsonObject exception = Fields.object(details, "exception");
        String description = Fields.text(exception, "description");
        String stack = description == null ? value(exception) : description;
        if (stack.isEmpty()) {
            stack = Fields.text(details, "text", "Uncaught");
        }
        if (!log.isFirst("thrown " + Fields.number(params, "timestamp") + " " + stack.hashCode())) {
            return;
        }
        JsonObject frame = firstFrame(Fields.object(details, "stackTrace"));
        String url = Fields.text(details, "url", Fields.text(frame, "url", ""));
        int end = stack.indexOf("\n    at ");
        log.add(
                at,
                "page.error",
                new EventData()
                        .text("message", end < 0 ? stack : stack.substring(0, end))
                        .text("stack", end < 0 ? null : stack)
                        .url("url", notEmpty(url))
                        .number("line", Fields.whole(details, "lineNumber", 0) + 1)
                        .flagIf("inPromise", Fields.text(details, "text", "").contains("in promise")));
    }

    private static @Nullable String notEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static JsonObject firstFrame(JsonObject stack) {
        JsonArray frames = Fields.array(stack, "callFrames");
        return frames.isEmpty() || !frames.get(0).isJsonObject()
                ? new JsonObject()
                : frames.get(0).getAsJsonObject();
    }

    private static @Nullable Long line(JsonObject frame) {
        Double line = Fields.number(frame, "lineNumber");
        return line == null ? null : line.longValue() + 1;
    }

    private static String text(JsonArray arguments) {
        StringBuilder text = new StringBuilder();
        for (JsonElement argument : arguments) {
            if (text.length() > 0) {
                text.append(' ');
            }
            text.append(argument.isJsonObject() ? value(argument.getAsJsonObject()) : argument);
            if (text.length() > 2 * EventRedaction.MAX_TEXT) {
                break;
            }
        }
        return text.toString();
    }

    /** A remote object in a few words. */
    private static String value(JsonObject object) {
        JsonElement value = object.get("value");
        if (value != null) {
            return value.isJsonPrimitive() ? value.getAsString() : value.toString();
        }
        String unserializable = Fields.text(object, "unserializableValue");
        if (unserializable != null) {
            return unserializable;
        }
        JsonObject preview = Fields.object(object, "preview");
        JsonArray properties = Fields.array(preview, "properties");
        boolean plain = Fields.text(object, "className", "").matches("Object|Array");
        if (plain && preview.has("properties")) {
            return properties(properties, Fields.text(object, "subtype", "").equals("array"), preview);
        }
        String description = Fields.text(object, "description");
        return description == null ? Fields.text(object, "type", "") : description;
    }

    private static String properties(JsonArray properties, boolean array, JsonObject preview) {
        StringBuilder text = new StringBuilder(array ? "[" : "{");
        for (JsonElement element : properties) {
            if (!element.isJsonObject()) {
                continue;
            }
            JsonObject property = element.getAsJsonObject();
            text.append(text.length() > 1 ? ", " : "");
            if (!array) {
                text.append(Fields.text(property, "name", "")).append(": ");
            }
            text.append(Fields.text(property, "value", Fields.text(property, "type", "")));
        }
        return text.append(Fields.flag(preview, "overflow") ? ", …" : "")
                .append(array ? "]" : "}")
                .toString();
    }
}
