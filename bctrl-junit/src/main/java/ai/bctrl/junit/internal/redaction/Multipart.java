package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The parts of a multipart body. Put together again they are the body. Immutable.
 *
 * @param rest what follows the last part
 */
record Multipart(List<Part> parts, String rest) {
    /**
     * One part.
     *
     * @param before what comes before its body: the boundary and its headers
     * @param name the name of the form's field; empty if it has none
     * @param mediaType empty if it does not say
     */
    record Part(String before, String name, String mediaType, String body) {}

    /** {@return the parts; without a boundary the first line is taken for it} */
    static Multipart parse(String text, String boundary) {
        String line = text.lines().findFirst().orElse("").strip();
        String delimiter = !boundary.isEmpty() ? "--" + boundary : line.startsWith("--") ? line : "";
        List<Part> parts = new ArrayList<>();
        int done = 0;
        int at = delimiter.isEmpty() ? -1 : text.indexOf(delimiter);
        while (at >= 0) {
            int next = text.indexOf(delimiter, at + delimiter.length());
            int body = startOfBody(text, at, next < 0 ? text.length() : next);
            if (next < 0 || body < 0) {
                break;
            }
            int end = next;
            if (end > body && text.charAt(end - 1) == '\n') {
                end--;
            }
            if (end > body && text.charAt(end - 1) == '\r') {
                end--;
            }
            String headers = text.substring(at, body);
            parts.add(new Part(
                    text.substring(done, body),
                    parameter(header(headers, "content-disposition:"), "name="),
                    header(headers, "content-type:"),
                    text.substring(body, end)));
            done = end;
            at = next;
        }
        return new Multipart(parts, text.substring(done));
    }

    private static int startOfBody(String text, int from, int to) {
        int crlf = text.indexOf("\r\n\r\n", from);
        int lf = text.indexOf("\n\n", from);
        if (crlf >= 0 && crlf < to && (lf < 0 || crlf < lf)) {
            return Math.min(crlf + 4, to);
        }
        return lf >= 0 && lf < to ? Math.min(lf + 2, to) : -1;
    }

    private static String header(String headers, String name) {
        return headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static String parameter(String value, String name) {
        int at = value.indexOf(" " + name);
        at = at < 0 ? value.indexOf(";" + name) : at;
        if (at < 0) {
            return "";
        }
        String rest = value.substring(at + 1 + name.length());
        if (rest.startsWith("\"")) {
            int end = rest.indexOf('"', 1);
            return end < 0 ? rest.substring(1) : rest.substring(1, end);
        }
        int end = rest.indexOf(';');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
