package ai.bctrl.samples.shop;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {{name}}} with escaped and {@code {{&name}}} with ready-made HTML. */
final class Template {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(&?)([a-zA-Z]+)}}");

    private Template() {}

    static String fill(String template, Map<String, String> values) {
        return HOLE.matcher(template).replaceAll(hole -> {
            String value = values.get(hole.group(2));
            if (value == null) {
                throw new IllegalStateException("no value for {{" + hole.group(2) + "}}");
            }
            return Matcher.quoteReplacement(hole.group(1).isEmpty() ? escape(value) : value);
        });
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
