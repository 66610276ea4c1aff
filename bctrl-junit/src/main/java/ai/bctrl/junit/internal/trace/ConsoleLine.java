package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a page said: a message of its console, an error that nobody caught, or a dialog. Immutable.
 *
 * @param time when
 * @param level {@code log}, {@code info}, {@code warning}, {@code error}, {@code debug} or another kind of message of
 *     the console; {@code pageerror}; {@code dialog}
 * @param text the message
 * @param url of the script; {@code null} if it is not known
 * @param line of the script, counted from 1; 0 if it is not known
 * @param page the number of the page, counted from 1; 0 if it was none
 */
public record ConsoleLine(
        Instant time, String level, String text, @Nullable String url, int line, int page) {
    /** {@return the same without secrets} */
    public ConsoleLine redacted(Redaction redaction) {
        return new ConsoleLine(time, level, redaction.text(text), url == null ? null : redaction.url(url), line, page);
    }
}
