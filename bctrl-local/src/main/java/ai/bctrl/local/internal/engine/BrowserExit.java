package ai.bctrl.local.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a browser's process ended. Immutable.
 *
 * @param requested whether we ended it
 * @param exitCode the exit status; 128 plus the number of the signal where one ended it
 * @param signal the signal's name, such as {@code SIGKILL}; null where the process exited by itself
 * @param stderrTail the end of what the browser wrote to its standard error, at most a few kilobytes
 * @param neighbours how many other runtimes lost it as well
 */
public record BrowserExit(
        boolean requested, int exitCode, @Nullable String signal, String stderrTail, int neighbours) {

    /** The end of a browser that was nobody else's. */
    public BrowserExit(boolean requested, int exitCode, @Nullable String signal, String stderrTail) {
        this(requested, exitCode, signal, stderrTail, 0);
    }

    /** How the process ended, for people: {@code killed by SIGKILL} or {@code exited with status 1: <last line>}. */
    public String reason() {
        return how() + sharing(neighbours);
    }

    private String how() {
        if (signal != null) {
            return "killed by " + signal;
        }
        String last = lastLine();
        return "exited with status " + exitCode + (last.isEmpty() ? "" : ": " + last);
    }

    /**
     * What a reason says about other runtimes of the same process.
     *
     * @param neighbours how many there are
     * @return the end of a sentence; empty where there are none
     */
    public static String sharing(int neighbours) {
        return neighbours == 0
                ? ""
                : "; it was shared with " + neighbours + (neighbours == 1 ? " other runtime" : " other runtimes")
                        + " (isolation=context)";
    }

    private String lastLine() {
        List<String> lines = stderrTail.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    }
}
