package ai.bctrl.junit.internal.har;

import ai.bctrl.junit.internal.redaction.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response. Immutable.
 *
 * @param method GET, POST and so on
 * @param url with its query
 * @param status of the response; -1 if there was none
 * @param failure why there was no response, such as {@code net::ERR_CONNECTION_REFUSED}; {@code null} if there was one
 * @param mediaType of the response, without parameters; empty if it is not known
 * @param sizeBytes of the body of the response, decoded; -1 if it is not known
 * @param start when the request began
 * @param duration until the response had ended; zero if it is not known
 */
public record Exchange(
        String method,
        String url,
        int status,
        @Nullable String failure,
        String mediaType,
        long sizeBytes,
        Instant start,
        Duration duration) {
    /** {@return the same without secrets} */
    public Exchange redacted(Redaction redaction) {
        String text = failure == null ? null : redaction.text(failure);
        return new Exchange(method, redaction.url(url), status, text, mediaType, sizeBytes, start, duration);
    }
}
