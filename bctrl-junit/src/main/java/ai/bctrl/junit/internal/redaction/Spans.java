package ai.bctrl.junit.internal.redaction;

import java.util.ArrayList;
import java.util.List;

/** The places of one text that are to be hidden. Not thread-safe. */
final class Spans {
    private record Span(int start, int end) {}

    private final List<Span> spans = new ArrayList<>();

    /** Adds a place; an empty one is ignored. */
    void add(int start, int end) {
        if (end > start) {
            spans.add(new Span(start, end));
        }
    }

    /** Adds what was found in a decoded text at its place in the text that it was decoded from. */
    void add(DecodedText view, int start, int end) {
        add(view.offset(start), view.offset(end));
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** {@return the text with one replacement for each place; places that overlap are one} */
    String hide(String text) {
        if (spans.isEmpty()) {
            return text;
        }
        spans.sort((a, b) -> a.start != b.start ? Integer.compare(a.start, b.start) : Integer.compare(a.end, b.end));
        StringBuilder hidden = new StringBuilder(text.length());
        int done = 0;
        int start = -1;
        int end = -1;
        for (Span span : spans) {
            if (start >= 0 && span.start <= end) {
                end = Math.max(end, span.end);
                continue;
            }
            if (start >= 0) {
                hidden.append(text, done, start).append(Redaction.REPLACEMENT);
                done = end;
            }
            start = span.start;
            end = span.end;
        }
        hidden.append(text, done, start).append(Redaction.REPLACEMENT);
        return hidden.append(text, end, text.length()).toString();
    }
}
