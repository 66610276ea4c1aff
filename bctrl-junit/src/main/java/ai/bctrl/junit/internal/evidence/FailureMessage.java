package ai.bctrl.junit.internal.evidence;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Puts what is known of a failure into its first lines. A message cannot be changed, so the exception is made anew: of the same
 * class, with the same stack, cause and suppressed exceptions. That is only done where nothing can get lost. Stateless.
 */
public final class FailureMessage {
    private FailureMessage() {}

    /**
     * {@return the failure with these lines: the origin before its own first line, the rest after it; or null if its class does
     * not allow it}
     */
    public static @Nullable Throwable told(Throwable failure, Collected collected) {
        Failure known = collected.attempt().failure();
        if (known == null) {
            return null;
        }
        String message = message(FailureText.message(failure), known, collected);
        Throwable copy = copy(failure, message);
        if (copy == null || copy.getClass() != failure.getClass() || !message.equals(copy.getMessage())) {
            return null;
        }
        copy.setStackTrace(failure.getStackTrace());
        Arrays.stream(failure.getSuppressed()).forEach(copy::addSuppressed);
        return copy;
    }

    private static String message(String own, Failure known, Collected collected) {
        String stripped = own.strip();
        int end = stripped.indexOf('\n');
        String first = end < 0 ? stripped : stripped.substring(0, end).stripTrailing();
        String rest = end < 0 ? "" : stripped.substring(end);
        StringBuilder text = new StringBuilder("[" + known.origin().title() + "] " + first);
        line(text, "page", collected.pageUrl());
        line(text, "last action", collected.lastAction());
        line(text, "evidence", link(collected));
        return text.append(rest).toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append("\n  ").append(name).append(": ").append(value.replaceAll("\\s*\\R\\s*", " "));
        }
    }

    /** {@return a link that terminals and IDEs make clickable} */
    static String link(Collected collected) {
        return collected
                .bundle()
                .directory()
                .resolve("index.html")
                .toAbsolutePath()
                .toUri()
                .toString();
    }

    private static @Nullable Throwable copy(Throwable failure, String message) {
        if (failure.getClass() == AssertionFailedError.class) {
            AssertionFailedError error = (AssertionFailedError) failure;
            return error.isExpectedDefined() && error.isActualDefined()
                    ? new AssertionFailedError(message, error.getExpected(), error.getActual(), error.getCause())
                    : new AssertionFailedError(message, error.getCause());
        }
        if (hasStateOfItsOwn(failure.getClass())) {
            return null;
        }
        Throwable cause = failure.getCause();
        Throwable withCause = construct(
                failure.getClass(),
                constructor -> constructor.newInstance(message, cause),
                String.class,
                Throwable.class);
        if (withCause != null) {
            return withCause;
        }
        Throwable plain = construct(failure.getClass(), constructor -> constructor.newInstance(message), String.class);
        if (plain == null) {
            return null;
        }
        return cause == null || plain.getCause() == cause ? plain : withCause(plain, cause);
    }

    private static @Nullable Throwable withCause(Throwable plain, Throwable cause) {
        try {
            return plain.initCause(cause);
        } catch (IllegalStateException hasOne) {
            return null;
        }
    }

    /** What a class keeps besides message, cause and stack would be lost. */
    private static boolean hasStateOfItsOwn(Class<?> type) {
        for (Class<?> at = type; at != null && at != Throwable.class; at = at.getSuperclass()) {
            if (at == NullPointerException.class) {
                // It keeps how its message is found out, which is known here.
                continue;
            }
            if (Arrays.stream(at.getDeclaredFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()))) {
                return true;
            }
        }
        return false;
    }

    @FunctionalInterface
    private interface Construction {
        Object with(Constructor<?> constructor) throws ReflectiveOperationException;
    }

    private static @Nullable Throwable construct(Class<?> type, Construction construction, Class<?>... parameters) {
        try {
            return (Throwable) construction.with(type.getConstructor(parameters));
        } catch (ReflectiveOperationException | RuntimeException impossible) {
            return null;
        }
    }
}
