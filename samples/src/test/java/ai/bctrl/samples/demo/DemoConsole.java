package ai.bctrl.samples.demo;

import ai.bctrl.junit.BctrlLauncherListener;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes what the demo says, at most {@value #WIDTH} columns wide where the text is its own. */
final class DemoConsole {
    static final int WIDTH = 100;

    private static final int NAME_WIDTH = 46;
    private static final int SHORT_ID = 8;
    private static final int MAX_LINES = 40;

    private final PrintStream out;
    private final boolean color;
    private final boolean unicode;
    private List<String> group = List.of();

    DemoConsole(PrintStream out, Charset charset, boolean color) {
        this.out = out;
        this.color = color;
        this.unicode = charset.newEncoder().canEncode('\u2714');
    }

    void title(String text) {
        out.println();
        out.println(paint("1", text));
        group = List.of();
    }

    void line(String text) {
        out.println(text);
    }

    /** One line for a test; a new class starts with its name. */
    void test(Outcome outcome) {
        if (!outcome.group().equals(group)) {
            group = outcome.group();
            out.println("  " + paint("36", String.join(unicode ? " \u203a " : " > ", group)));
        }
        String mark =
                outcome.passed() ? paint("32", unicode ? "\u2714" : "ok  ") : paint("31", unicode ? "\u2718" : "FAIL");
        int markWidth = unicode ? 1 : 4;
        String name = fit(outcome.name(), NAME_WIDTH - markWidth);
        String runId = outcome.entry(BctrlLauncherListener.RUN_ID);
        String left = "    " + mark + " " + pad(name, NAME_WIDTH - markWidth) + " "
                + String.format(Locale.ROOT, "%5.2f s", seconds(outcome.duration())) + "  "
                + pad(runId.isEmpty() ? "" : fit(runId, SHORT_ID, ""), SHORT_ID) + "  ";
        int used = 4 + 1 + NAME_WIDTH + 1 + 7 + 2 + SHORT_ID + 2;
        out.println((left + paint("2", phases(outcome.entry(BctrlLauncherListener.PHASES), WIDTH - used)))
                .stripTrailing());
    }

    /** A text of several lines, indented; of a very long one the beginning. */
    void block(String text) {
        text.lines().limit(MAX_LINES).forEach(line -> out.println(("    " + line).stripTrailing()));
        long more = text.lines().count() - MAX_LINES;
        if (more > 0) {
            out.println("    and " + more + " more lines");
        }
    }

    /** Shortens the list of phases, {@code create 212 ms, connect 31 ms}, by leaving out the test itself and the shortest ones. */
    static String phases(String phases, int width) {
        List<String> kept =
                new ArrayList<>(Arrays.asList(phases.replace(" ms", "").split(", ", -1)));
        kept.removeIf(phase -> phase.startsWith("body "));
        while (joined(kept).length() > width && kept.size() > 1) {
            kept.remove(shortest(kept));
        }
        return fit(joined(kept), width, "");
    }

    private static String joined(List<String> phases) {
        String joined = String.join(", ", phases);
        return joined.isEmpty() ? "" : joined + " ms";
    }

    private static int shortest(List<String> phases) {
        int shortest = 0;
        for (int i = 1; i < phases.size(); i++) {
            if (millis(phases.get(i)) < millis(phases.get(shortest))) {
                shortest = i;
            }
        }
        return shortest;
    }

    private static long millis(String phase) {
        String digits = phase.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Long.parseLong(digits);
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double kilobytes = bytes / 1024.0;
        return kilobytes < 1024
                ? String.format(Locale.ROOT, "%.1f KB", kilobytes)
                : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private String fit(String text, int width) {
        return fit(text, width, unicode ? "\u2026" : "~");
    }

    private static String fit(String text, int width, String sign) {
        return text.length() <= width ? text : text.substring(0, width - sign.length()) + sign;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private String paint(String code, String text) {
        return color && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
