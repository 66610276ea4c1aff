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
 */
public record BrowserExit(
        boolean requested, int exitCode, @Nullable String signal, String stderrTail) {

    /** How the process ended, for people: {@code killed by SIGKILL} or {@code exited with status 1: <last line>}. */
    public String reason() {
        if (signal != null) {
            return "killed by " + signal;
        }
        String last = lastLine();
        return "exited with status " + exitCode + (last.isEmpty() ? "" : ": " + last);
    }

    private String lastLine() {
        List<String> lines = stderrTail.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    }
}
