package ai.bctrl.error;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of the service. Immutable.
 *
 * <p>Schema {@code Error}.
 *
 * @param method the verb of the request
 * @param path the path of the request, without its query
 * @param status the HTTP status
 * @param code the stable code; {@code http.<status>} if the body has none
 * @param text the text for people
 * @param requestId the id of the request, if the answer has one
 * @param details facts tied to the code
 * @param retryAfter how long the service asks to wait, if it says
 */
public record ApiError(
        String method,
        String path,
        int status,
        String code,
        String text,
        @Nullable String requestId,
        Map<String, Object> details,
        @Nullable Duration retryAfter) {
    /** Copies the details. */
    public ApiError {
        details = Map.copyOf(details);
    }

    String message() {
        StringBuilder message = new StringBuilder(text)
                .append(" [")
                .append(status)
                .append(' ')
                .append(code)
                .append(", ")
                .append(method)
                .append(' ')
                .append(path);
        if (requestId != null) {
            message.append(", request ").append(requestId);
        }
        return message.append(']').toString();
    }
}
