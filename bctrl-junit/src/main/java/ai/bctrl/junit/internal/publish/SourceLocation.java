package ai.bctrl.junit.internal.publish;

import org.jspecify.annotations.Nullable;

/**
 * Where in the code of a test something failed. Immutable.
 *
 * @param file name of the source file, without directory
 * @param line number of the line, from 1
 */
public record SourceLocation(String file, int line) {
    /** {@return the innermost place in the class, or in those nested in it, or null if it is not in the stack trace} */
    public static @Nullable SourceLocation of(Throwable failure, String className) {
        int nested = className.indexOf('$');
        String outermost = nested > 0 ? className.substring(0, nested) : className;
        for (StackTraceElement frame : failure.getStackTrace()) {
            String file = frame.getFileName();
            boolean inside = frame.getClassName().equals(outermost)
                    || frame.getClassName().startsWith(outermost + "$");
            if (inside && file != null && frame.getLineNumber() > 0) {
                return new SourceLocation(file, frame.getLineNumber());
            }
        }
        return null;
    }
}
