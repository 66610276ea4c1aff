package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a test did with a browser: one call of Playwright. Immutable.
 *
 * @param time when it began
 * @param duration how long it took; of one that did not end, until the end of the trace
 * @param title for people, such as {@code click getByText("Go")}
 * @param call the class and method of Playwright's protocol, such as {@code Frame.click}
 * @param locator what it acted on, in Java; {@code null} if nothing
 * @param value what was typed, expected or opened; {@code null} if nothing
 * @param page the number of its page, counted from 1 in the order in which they opened; 0 if it was none
 * @param error what went wrong, such as {@code TimeoutError: Timeout 300ms exceeded.}; {@code null} if nothing
 * @param element the tag of the element that the locator found; {@code null} if none was found, or that is not known
 */
public record Action(
        Instant time,
        Duration duration,
        String title,
        String call,
        @Nullable String locator,
        @Nullable String value,
        int page,
        @Nullable String error,
        @Nullable String element) {
    /** {@return the same without secrets; a value that was typed in a secret field is hidden however short it is} */
    public Action redacted(Redaction redaction) {
        String hiddenValue = value;
        String hiddenTitle = title;
        String hiddenError = error;
        if (new Field(locator, element).isSecret(redaction)) {
            hiddenError = error == null ? null : TraceCall.hideUnexpected(error);
            if (value != null && !value.isEmpty()) {
                hiddenValue = Redaction.REPLACEMENT;
                hiddenTitle = title.replace(Titles.quote(value), Titles.quote(Redaction.REPLACEMENT));
            }
        } else if (value != null) {
            hiddenValue = call.endsWith(".goto") ? redaction.url(value) : redaction.text(value);
        }
        return new Action(
                time,
                duration,
                redaction.text(hiddenTitle),
                call,
                locator == null ? null : redaction.text(locator),
                hiddenValue,
                page,
                hiddenError == null ? null : redaction.text(hiddenError),
                element == null ? null : redaction.html(element));
    }
}
