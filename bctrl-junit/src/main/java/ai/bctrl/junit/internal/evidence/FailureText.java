package ai.bctrl.junit.internal.evidence;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Failures as text. */
final class FailureText {
    private static final int LONGEST_LINE = 300;

    private FailureText() {}

    static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** {@return class and message} */
    static String headline(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getName() + (message == null ? "" : ": " + message);
    }

    /** {@return the first line of the message} */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        // Playwright's messages begin with a line that says nothing.
        String told = message.startsWith("Error {")
                ? message.substring("Error {".length()).strip()
                : message;
        String line = told.lines().findFirst().orElse("").replaceFirst("^message='", "");
        String name = failure.getClass().getSimpleName();
        return name + ": " + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    }
}
