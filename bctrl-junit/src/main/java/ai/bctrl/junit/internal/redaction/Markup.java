package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads HTML or XML once, and finds the values in it that are secret because of the element or attribute that holds
 * them. Not thread-safe.
 */
final class Markup {
    private record Attribute(String name, int start, int end) {}

    private final SecretNames names;
    private final String text;
    private final Spans spans;
    private final CodeRanges code;
    private final Consumer<String> fields;
    private final Consumer<String> others;
    private final List<Attribute> attributes = new ArrayList<>();

    /**
     * @param fields is told the values of secret fields
     * @param others is told other values that are hidden
     */
    Markup(
            SecretNames names,
            String text,
            Spans spans,
            CodeRanges code,
            Consumer<String> fields,
            Consumer<String> others) {
        this.names = names;
        this.text = text;
        this.spans = spans;
        this.code = code;
        this.fields = fields;
        this.others = others;
    }

    void find() {
        int at = text.indexOf('<');
        while (at >= 0 && at + 1 < text.length()) {
            char c = text.charAt(at + 1);
            if (text.startsWith("!--", at + 1)) {
                int end = text.indexOf("-->", at);
                at = end < 0 ? text.length() : end + 3;
            } else if (Character.isLetter(c)) {
                at = element(at + 1);
            } else {
                at++;
            }
            at = text.indexOf('<', at);
        }
    }

    /** {@return where the content of the element begins, or the next element if it has text only} */
    private int element(int start) {
        int nameEnd = endOfName(start);
        String tag = text.substring(start, nameEnd).toLowerCase(Locale.ROOT);
        int content = attributes(nameEnd);
        Map<String, String> values = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            values.putIfAbsent(attribute.name, DecodedText.entities(text.substring(attribute.start, attribute.end)));
        }
        boolean field = SecretField.matches(names, tag, values);
        for (Attribute attribute : attributes) {
            String value = values.getOrDefault(attribute.name, "");
            if (field && SecretField.isValue(attribute.name)) {
                fields.accept(value);
                spans.add(attribute.start, attribute.end);
            } else if (names.matches(attribute.name) || isSecretMeta(tag, attribute.name, values)) {
                others.accept(value);
                spans.add(attribute.start, attribute.end);
            }
        }
        return content(tag, text.substring(start, nameEnd), content, field);
    }

    private int content(String tag, String name, int content, boolean field) {
        if (tag.equals("script") || tag.equals("style")) {
            int end = endOfRawText(tag, content);
            code.add(content, end);
            return end;
        }
        if (tag.equals("textarea") && field) {
            int end = endOfRawText(tag, content);
            fields.accept(DecodedText.entities(text.substring(content, end)));
            spans.add(content, end);
            return end;
        }
        String local = name.substring(name.indexOf(':') + 1);
        if (names.matches(local) && text.charAt(content - 1) == '>' && text.charAt(content - 2) != '/') {
            int end = text.indexOf('<', content);
            end = end < 0 ? text.length() : end;
            String value = DecodedText.entities(text.substring(content, end)).strip();
            others.accept(value);
            if (!value.isEmpty()) {
                spans.add(content, end);
            }
        }
        return content;
    }

    private static boolean isValueOfMeta(String attribute) {
        return attribute.equals("content");
    }

    private boolean isSecretMeta(String tag, String attribute, Map<String, String> values) {
        return tag.equals("meta")
                && isValueOfMeta(attribute)
                && (names.matches(values.getOrDefault("name", ""))
                        || names.matches(values.getOrDefault("property", ""))
                        || names.matches(values.getOrDefault("http-equiv", "")));
    }

    /** {@return the place after the tag} */
    private int attributes(int from) {
        attributes.clear();
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>') {
                return at + 1;
            }
            if (Character.isWhitespace(c) || c == '/') {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < text.length() && "=/> \t\r\n\f".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String name = text.substring(at, end).toLowerCase(Locale.ROOT);
            at = value(name, end);
        }
        return at;
    }

    private int value(String name, int nameEnd) {
        int at = skipSpace(nameEnd);
        if (at >= text.length() || text.charAt(at) != '=') {
            return at;
        }
        at = skipSpace(at + 1);
        if (at >= text.length()) {
            return at;
        }
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, at + 1);
            end = end < 0 ? text.length() : end;
            attributes.add(new Attribute(name, at + 1, end));
            return Math.min(end + 1, text.length());
        }
        int end = at;
        while (end < text.length() && text.charAt(end) != '>' && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        attributes.add(new Attribute(name, at, end));
        return end;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int endOfName(int start) {
        int end = start;
        while (end < text.length() && "/> \t\r\n\f".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private int endOfRawText(String tag, int from) {
        int end = text.indexOf("</", from);
        while (end >= 0 && !text.regionMatches(true, end + 2, tag, 0, tag.length())) {
            end = text.indexOf("</", end + 2);
        }
        return end < 0 ? text.length() : end;
    }
}
