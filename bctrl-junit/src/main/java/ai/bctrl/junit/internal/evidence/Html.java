package ai.bctrl.junit.internal.evidence;

/** Builds HTML; every text that goes in is escaped. Not thread-safe. */
final class Html {
    private final StringBuilder html = new StringBuilder();

    /** Adds markup as it is; never called with text from outside. */
    Html markup(String markup) {
        html.append(markup);
        return this;
    }

    /** Adds text. */
    Html text(String text) {
        html.append(escape(text));
        return this;
    }

    /** Adds an element with a text. */
    Html element(String tag, String attributes, String text) {
        return markup("<" + tag + (attributes.isEmpty() ? "" : " " + attributes) + ">")
                .text(text)
                .markup("</" + tag + ">");
    }

    /** {@return the text as it may stand in an element or in an attribute in double quotes} */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
