package ai.bctrl.junit.internal.trace;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a call of Playwright did in a few words. */
final class Titles {
    private static final int LONGEST = 200;
    private static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("goto", "navigate to"),
            Map.entry("dblclick", "double click"),
            Map.entry("evaluateExpression", "evaluate"),
            Map.entry("evaluateExpressionHandle", "evaluate handle"),
            Map.entry("evalOnSelector", "evaluate on"),
            Map.entry("evalOnSelectorAll", "evaluate on all"),
            Map.entry("queryCount", "count"),
            Map.entry("keyboardType", "type"),
            Map.entry("keyboardPress", "press"),
            Map.entry("keyboardInsertText", "insert text"),
            Map.entry("waitForSelector", "wait for"));

    private Titles() {}

    static String of(TraceCall call, @Nullable String locator) {
        JsonObject params = call.params();
        String value = value(call);
        if (call.method().equals("expect")) {
            return expectation(call.title(), params, locator, value);
        }
        String verb = VERBS.getOrDefault(call.method(), words(call.method()));
        boolean shown = switch (call.method()) {
            case "goto" -> true;
            case "press", "keyboardPress", "keyboardDown", "keyboardUp", "selectOption", "dispatchEvent" -> true;
            default -> false;
        };
        StringBuilder title = new StringBuilder(verb);
        if (shown && value != null) {
            title.append(' ').append(call.method().equals("goto") ? value : quote(value));
        }
        if (locator != null) {
            title.append(' ').append(locator);
        }
        return title.toString();
    }

    private static String expectation(
            String given, JsonObject params, @Nullable String locator, @Nullable String value) {
        String name = given.startsWith("Assert \"") && given.endsWith("\"")
                ? given.substring("Assert \"".length(), given.length() - 1)
                : text(params, "expression");
        boolean not = params.get("isNot") instanceof JsonPrimitive isNot && isNot.getAsBoolean();
        return "assertThat(" + (locator == null ? "page" : locator) + ")" + (not ? ".not()" : "") + "." + name + "("
                + (value == null ? "" : quote(value)) + ")";
    }

    /** {@return what was typed, expected or opened} */
    static @Nullable String value(TraceCall call) {
        JsonObject params = call.params();
        return switch (call.method()) {
            case "fill" -> textOrNull(params, "value");
            case "type", "keyboardType", "keyboardInsertText" -> textOrNull(params, "text");
            case "press", "keyboardPress", "keyboardDown", "keyboardUp" -> textOrNull(params, "key");
            case "goto" -> textOrNull(params, "url");
            case "dispatchEvent" -> textOrNull(params, "type");
            case "evaluateExpression", "evaluateExpressionHandle", "evalOnSelector", "waitForFunction" ->
                cut(textOrNull(params, "expression"));
            case "selectOption" -> options(params);
            case "expect" -> expected(params);
            case "setInputFiles" -> textOrNull(params, "localPaths");
            default -> null;
        };
    }

    private static @Nullable String options(JsonObject params) {
        List<String> options = new ArrayList<>();
        if (params.get("options") instanceof JsonArray array) {
            for (JsonElement option : array) {
                for (Map.Entry<String, JsonElement> member :
                        option.getAsJsonObject().entrySet()) {
                    options.add(member.getValue().getAsString());
                }
            }
        }
        return options.isEmpty() ? null : String.join(", ", options);
    }

    private static @Nullable String expected(JsonObject params) {
        List<String> texts = new ArrayList<>();
        if (params.get("expectedText") instanceof JsonArray array) {
            for (JsonElement item : array) {
                JsonObject text = item.getAsJsonObject();
                texts.add(text.has("string") ? text(text, "string") : "/" + text(text, "regexSource") + "/");
            }
        }
        if (!texts.isEmpty()) {
            return String.join(", ", texts);
        }
        return textOrNull(params, params.has("expectedNumber") ? "expectedNumber" : "expressionArg");
    }

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static @Nullable String textOrNull(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value instanceof JsonArray array && !array.isEmpty() && array.get(0) instanceof JsonPrimitive first) {
            return first.getAsString();
        }
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static String quote(String text) {
        return '"' + text + '"';
    }

    /** {@return {@code setViewportSize} as {@code set viewport size}} */
    private static String words(String method) {
        return method.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
