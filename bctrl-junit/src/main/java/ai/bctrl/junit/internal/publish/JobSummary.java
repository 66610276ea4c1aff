package ai.bctrl.junit.internal.publish;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a job's summary, in Markdown, that is about one run. Immutable.
 *
 * @param workspace what paths are shown relative to, or null for none
 * @param room how many bytes it may have
 */
record JobSummary(@Nullable Path workspace, long room) {
    private static final int LONGEST_CELL = 300;

    /** What the note about the missing rows needs. */
    private static final int RESERVE = 100;

    String text(String run, int passed, List<FailedTest> failed, int aborted) {
        StringBuilder text = new StringBuilder("\n### bctrl: run " + escape(run) + "\n\n" + passed + " passed, "
                + failed.size() + " failed, " + aborted + " aborted\n");
        if (!failed.isEmpty()) {
            text.append("\n| Test | Failure | Origin | Last action | Evidence |\n|---|---|---|---|---|\n");
        }
        long size = size(text);
        if (size > room - RESERVE) {
            return "";
        }
        int shown = 0;
        for (FailedTest test : failed) {
            String row = row(test);
            size += size(row);
            if (size > room - RESERVE) {
                return text + "\n" + (failed.size() - shown) + " more failed; there is no room for them here.\n";
            }
            text.append(row);
            shown++;
        }
        return text.toString();
    }

    private String row(FailedTest test) {
        String attempt = test.attempt() > 1 ? " (attempt " + test.attempt() + ")" : "";
        Path bundle = test.bundle();
        return "| " + cell(test.name() + attempt)
                + " | " + cell(test.failure().strip().lines().findFirst().orElse(""))
                + " | " + cell(test.origin())
                + " | " + cell(test.lastAction())
                + " | " + cell(bundle == null ? null : relative(bundle)) + " |\n";
    }

    private String relative(Path path) {
        return workspace != null && path.startsWith(workspace)
                ? workspace.relativize(path).toString()
                : path.toString();
    }

    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        int[] points = text.codePoints().limit(LONGEST_CELL).toArray();
        String cut = new String(points, 0, points.length);
        return escape(cut) + (cut.length() < text.length() ? "…" : "");
    }

    /** {@return the text on one line, with nothing in it that Markdown or HTML takes for more than text} */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&') {
                escaped.append("&amp;");
            } else if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c < ' ') {
                escaped.append(' ');
            } else if ("\\`*_{}[]()#+-.!|~:@".indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static long size(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
