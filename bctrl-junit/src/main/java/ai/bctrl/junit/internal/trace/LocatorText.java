package ai.bctrl.junit.internal.trace;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns Playwright's internal selectors into what a Java test would say. */
final class LocatorText {
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "\\[\\s*([\\w-]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"|/(?:[^/\\\\]|\\\\.)*+/[a-z]*+|[^\\]\"/]*+)([is]?)\\s*\\]");

    private LocatorText() {}

    static String of(String selector) {
        List<String> calls = new ArrayList<>();
        for (String part : parts(selector)) {
            String call = call(part);
            if (!call.isEmpty()) {
                calls.add(call);
            }
        }
        return String.join(".", calls);
    }

    private static String call(String part) {
        int equals = part.indexOf('=');
        String engine = equals < 0 ? "" : part.substring(0, equals);
        String body = part.substring(equals + 1);
        return switch (engine) {
            case "nth" -> body.equals("0") ? "first()" : body.equals("-1") ? "last()" : "nth(" + body + ")";
            case "visible" -> "filter(setVisible(" + body + "))";
            case "internal:text" -> by("getByText", body);
            case "internal:label" -> by("getByLabel", body);
            case "internal:role" -> role(body);
            case "internal:testid" -> byAttribute("getByTestId", body);
            case "internal:attr" -> attribute(part, body);
            case "internal:has-text" -> "filter(setHasText(" + text(body) + "))";
            case "internal:has-not-text" -> "filter(setHasNotText(" + text(body) + "))";
            case "internal:has" -> "filter(setHas(" + inner(body) + "))";
            case "internal:has-not" -> "filter(setHasNot(" + inner(body) + "))";
            case "internal:and" -> "and(" + inner(body) + ")";
            case "internal:or" -> "or(" + inner(body) + ")";
            case "internal:chain" -> "locator(" + inner(body) + ")";
            case "internal:control" ->
                body.equals("enter-frame") ? "contentFrame()" : "locator(" + Titles.quote(part) + ")";
            case "internal:describe" -> "";
            case "css" -> "locator(" + Titles.quote(body) + ")";
            default -> "locator(" + Titles.quote(part) + ")";
        };
    }

    private static String by(String method, String body) {
        return method + "(" + text(body) + (isExact(body) ? ", setExact(true)" : "") + ")";
    }

    private static boolean isExact(String body) {
        return body.endsWith("\"") || body.endsWith("\"s");
    }

    private static String role(String body) {
        int attributes = body.indexOf('[');
        String role = attributes < 0 ? body : body.substring(0, attributes);
        StringBuilder call = new StringBuilder("getByRole(").append(role.toUpperCase(Locale.ROOT));
        Matcher attribute = ATTRIBUTE.matcher(body);
        while (attribute.find()) {
            String value = text(attribute.group(2));
            call.append(", ");
            if (!attribute.group(1).equals("name")) {
                call.append(attribute.group(1)).append('=');
            }
            call.append(value);
        }
        return call.append(')').toString();
    }

    private static String byAttribute(String method, String body) {
        Matcher attribute = ATTRIBUTE.matcher(body);
        return attribute.find() ? method + "(" + text(attribute.group(2)) + ")" : method + "(" + body + ")";
    }

    private static String attribute(String part, String body) {
        Matcher attribute = ATTRIBUTE.matcher(body);
        String name = attribute.find() ? attribute.group(1) : "";
        return switch (name) {
            case "placeholder" -> byAttribute("getByPlaceholder", body);
            case "alt" -> byAttribute("getByAltText", body);
            case "title" -> byAttribute("getByTitle", body);
            default -> "locator(" + Titles.quote(part) + ")";
        };
    }

    private static String inner(String body) {
        String inner = unquoted(body);
        return inner == null ? body : of(inner);
    }

    /** {@return a text in quotes, or a pattern as it is} */
    private static String text(String body) {
        String bare = body.endsWith("\"i") || body.endsWith("\"s") ? body.substring(0, body.length() - 1) : body;
        String text = unquoted(bare);
        return text == null ? bare : Titles.quote(text);
    }

    private static @Nullable String unquoted(String json) {
        if (!json.startsWith("\"")) {
            return null;
        }
        try {
            return JsonParser.parseString(json).getAsString();
        } catch (JsonParseException | IllegalStateException e) {
            return null;
        }
    }

    /** {@return what stands between {@code >>}, except in quotes} */
    private static List<String> parts(String selector) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            if (c == '\\' && i + 1 < selector.length()) {
                part.append(c).append(selector.charAt(++i));
                continue;
            }
            if (quote == 0 && selector.startsWith(">>", i)) {
                parts.add(part.toString().strip());
                part.setLength(0);
                i++;
                continue;
            }
            if (quote == 0 && (c == '"' || c == '\'' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            part.append(c);
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
