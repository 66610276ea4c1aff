package ai.bctrl;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.internal.http.ApiCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one call. Immutable.
 *
 * @param timeout how long all tries together may take; the client's {@code requestTimeout} if absent
 * @param maxRetries tries after the first, at least 0; the client's own if absent
 * @param idempotencyKey key under which the service recognises a repetition, 1 to 255 characters; calls that create
 *     something get a random one if absent
 * @param headers more headers
 */
public record RequestOptions(
        @Nullable Duration timeout,
        @Nullable Integer maxRetries,
        @Nullable String idempotencyKey,
        Map<String, String> headers) {
    private static final RequestOptions NONE = new RequestOptions(null, null, null, Map.of());

    /**
     * Checks the values and copies the headers.
     *
     * @throws BctrlConfigurationException if a value is out of its bounds
     */
    public RequestOptions {
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new BctrlConfigurationException("timeout is " + timeout + "; it must be positive");
        }
        if (maxRetries != null && maxRetries < 0) {
            throw new BctrlConfigurationException("maxRetries is " + maxRetries + "; it must not be negative");
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > 255)) {
            throw new BctrlConfigurationException("idempotencyKey must have 1 to 255 characters and not be blank");
        }
        headers = Map.copyOf(headers);
    }

    /** {@return the client's own settings} */
    public static RequestOptions none() {
        return NONE;
    }

    /** {@return the same settings with this deadline for all tries together} */
    public RequestOptions withTimeout(Duration timeout) {
        return new RequestOptions(timeout, maxRetries, idempotencyKey, headers);
    }

    /** {@return the same settings with this many tries after the first} */
    public RequestOptions withMaxRetries(int maxRetries) {
        return new RequestOptions(timeout, maxRetries, idempotencyKey, headers);
    }

    /** {@return the same settings with this key} */
    public RequestOptions withIdempotencyKey(String idempotencyKey) {
        return new RequestOptions(timeout, maxRetries, idempotencyKey, headers);
    }

    /** {@return the same settings with this header} */
    public RequestOptions withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new RequestOptions(timeout, maxRetries, idempotencyKey, more);
    }

    /** Hides the headers, which may hold secrets. */
    @Override
    public String toString() {
        return "RequestOptions[timeout=" + timeout + ", maxRetries=" + maxRetries + ", headers=" + headers.keySet()
                + "]";
    }

    ApiCall applyTo(ApiCall.Builder call) {
        if (timeout != null) {
            call.timeout(timeout);
        }
        if (maxRetries != null) {
            call.maxRetries(maxRetries);
        }
        if (idempotencyKey != null) {
            call.idempotencyKey(idempotencyKey);
        }
        return call.headers(headers).build();
    }
}
