package ai.bctrl.local.internal.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element of a page. Text and attributes are escaped when it is written, so nothing that a run brings along can become
 * markup. Not thread-safe.
 */
public final class Html {

    private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");

    private final String tag;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> children = new ArrayList<>();

    private Html(String tag) {
        this.tag = tag;
    }

    /** {@return a new element} */
    public static Html of(String tag) {
        return new Html(tag);
    }

    /** {@return a new element of a class, with a text} */
    public static Html of(String tag, String cssClass, String text) {
        Html element = new Html(tag);
        if (!cssClass.isEmpty()) {
            element.attr("class", cssClass);
        }
        return text.isEmpty() ? element : element.text(text);
    }

    /** {@return a link within this site; other addresses are refused} */
    public static Html link(String path, String text) {
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("a link must stay on this site");
        }
        return of("a", "", text).attr("href", path);
    }

    /** Sets an attribute. */
    public Html attr(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Adds text. */
    public Html text(String text) {
        children.add(text);
        return this;
    }

    /** Adds elements; null for none. */
    public Html add(@Nullable Html... elements) {
        for (Html element : elements) {
            if (element != null) {
                children.add(element);
            }
        }
        return this;
    }

    /** Adds elements. */
    public Html addAll(List<Html> elements) {
        children.addAll(elements);
        return this;
    }

    /** {@return the whole page that has this as its root} */
    public String page() {
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(tag);
        attributes.forEach((name, value) -> {
            out.append(' ').append(name).append("=\"");
            escape(value, out);
            out.append('"');
        });
        out.append('>');
        if (VOID.contains(tag)) {
            return;
        }
        for (Object child : children) {
            if (child instanceof Html element) {
                element.write(out);
            } else {
                escape(child.toString(), out);
            }
        }
        out.append("</").append(tag).append('>');
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
    }
}
