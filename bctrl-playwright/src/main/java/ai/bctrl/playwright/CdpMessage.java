package ai.bctrl.playwright;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a CDP message, in which single strings are read and replaced; the rest stays as it is, to the byte. It knows
 * the few messages that carry paths of files. Immutable.
 */
final class CdpMessage {
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern PLAIN = Pattern.compile(STRING);

    private final String text;

    CdpMessage(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The value of the first field of this name that is a string; null if there is none. */
    @Nullable
    String string(String name) {
        Matcher field = field(name);
        return field.find() ? unescaped(field.group(1)) : null;
    }

    /** The same message with another string in the first field of this name. */
    CdpMessage with(String name, String value) {
        Matcher field = field(name);
        return field.find()
                ? new CdpMessage(text.substring(0, field.start(1)) + escaped(value) + text.substring(field.end(1)))
                : this;
    }

    /** The same message with each string of an array replaced. */
    CdpMessage withEach(String name, UnaryOperator<String> replacement) {
        Matcher array = Pattern.compile("\"" + name + "\"\\s*:\\s*\\[((?:\\s*" + STRING + "\\s*,?)*+)]")
                .matcher(text);
        if (!array.find()) {
            return this;
        }
        List<String> values = new ArrayList<>();
        Matcher items = PLAIN.matcher(array.group(1));
        while (items.find()) {
            values.add('"' + escaped(replacement.apply(unescaped(items.group(1)))) + '"');
        }
        return new CdpMessage(
                text.substring(0, array.start(1)) + String.join(",", values) + text.substring(array.end(1)));
    }

    /** The number that names a command; null in an event. */
    @Nullable
    String id() {
        Matcher id = Pattern.compile("\"id\"\\s*:\\s*([0-9]+)").matcher(text);
        return id.find() ? id.group(1) : null;
    }

    /** The answer that a command failed, as a browser gives it. */
    CdpMessage failed(String message) {
        String session = string("sessionId");
        return new CdpMessage("{\"id\":" + id() + ",\"error\":{\"code\":-32000,\"message\":\"" + escaped(message)
                + "\"}" + (session == null ? "" : ",\"sessionId\":\"" + escaped(session) + "\"") + "}");
    }

    private Matcher field(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*" + STRING).matcher(text);
    }

    private static String escaped(String value) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static String unescaped(String json) {
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c != '\\') {
                value.append(c);
                at++;
            } else if (json.charAt(at + 1) == 'u') {
                value.append((char) Integer.parseInt(json.substring(at + 2, at + 6), 16));
                at += 6;
            } else {
                value.append(special(json.charAt(at + 1)));
                at += 2;
            }
        }
        return value.toString();
    }

    private static char special(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }
}
