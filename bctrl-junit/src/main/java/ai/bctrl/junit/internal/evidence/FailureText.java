package ai.bctrl.junit.internal.evidence;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Failures as text. */
final class FailureText {
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_FACT = 2000;

    private FailureText() {}

    static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** {@return the message, or an empty text} */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }

    /** {@return the text, cut where it would be too long for a person} */
    static String bounded(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "\n… and " + (text.length() - LONGEST_TEXT) + " characters more";
    }

    /** {@return an address or an action, cut where it would be too long for a person: an address may have data in it} */
    static String shortened(String fact) {
        return fact.length() <= LONGEST_FACT
                ? fact
                : fact.substring(0, LONGEST_FACT) + "… and " + (fact.length() - LONGEST_FACT) + " characters more";
    }

    /** {@return the frame of the test class in which it failed, or null if there is none} */
    static @Nullable StackTraceElement location(Throwable failure, String className) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            String name = frame.getClassName();
            if (frame.getFileName() != null
                    && frame.getLineNumber() > 0
                    && (name.equals(className) || name.startsWith(className + "$"))) {
                return frame;
            }
        }
        return null;
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
