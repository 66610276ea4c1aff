package ai.bctrl.internal.http;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One logical call of the API, however often it is tried. Immutable.
 *
 * @param method the verb
 * @param path the path from {@code v1} on, in parts that are not encoded
 * @param query names and values, in order, not encoded
 * @param body the JSON body, if there is one
 * @param idempotencyKey sent with every try, if there is one
 * @param repeatable whether trying it twice does no harm, apart from the key
 * @param timeout how long all tries together may take; the client's own if absent
 * @param maxRetries tries after the first; the client's own if absent
 * @param headers more headers
 */
public record ApiCall(
        String method,
        List<String> path,
        List<Map.Entry<String, String>> query,
        @Nullable JsonElement body,
        @Nullable String idempotencyKey,
        boolean repeatable,
        @Nullable Duration timeout,
        @Nullable Integer maxRetries,
        Map<String, String> headers) {

    /** Starts a call that reads. */
    public static Builder get(String... path) {
        return new Builder("GET", true, path);
    }

    /** Starts a call that does something. */
    public static Builder post(String... path) {
        return new Builder("POST", false, path);
    }

    /** Starts a call that changes something. */
    public static Builder patch(String... path) {
        return new Builder("PATCH", false, path);
    }

    /** Starts a call that deletes something; deleting twice does no harm. */
    public static Builder delete(String... path) {
        return new Builder("DELETE", true, path);
    }

    /** Whether a failed try may be followed by another. */
    boolean mayBeRetried() {
        return repeatable || idempotencyKey != null;
    }

    /** The path for people. */
    String shownPath() {
        return "/v1/" + String.join("/", path);
    }

    /** Collects the values of a call. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final List<String> path;
        private final List<Map.Entry<String, String>> query = new ArrayList<>();
        private @Nullable JsonElement body;
        private @Nullable String idempotencyKey;
        private boolean repeatable;
        private @Nullable Duration timeout;
        private @Nullable Integer maxRetries;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder(String method, boolean repeatable, String... path) {
            this.method = method;
            this.repeatable = repeatable;
            this.path = List.of(path);
        }

        /** Takes the query from a record: lists become repeated names, absent values are left out. */
        public Builder query(Object query) {
            Json.tree(query).getAsJsonObject().asMap().forEach((name, value) -> {
                if (value instanceof JsonArray values) {
                    values.forEach(item -> this.query.add(Map.entry(name, item.getAsString())));
                } else if (!value.isJsonNull()) {
                    this.query.add(Map.entry(name, value.getAsString()));
                }
            });
            return this;
        }

        /** Sets the body to a record. */
        public Builder body(Object body) {
            this.body = Json.tree(body);
            return this;
        }

        /** Sets the key under which the service recognises a second try. */
        public Builder idempotencyKey(String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /** Says that trying it twice does no harm. */
        public Builder repeatable() {
            this.repeatable = true;
            return this;
        }

        /** Sets how long all tries together may take. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Sets the number of tries after the first. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** Adds headers. */
        public Builder headers(Map<String, String> headers) {
            this.headers.putAll(headers);
            return this;
        }

        /** {@return the call} */
        public ApiCall build() {
            return new ApiCall(
                    method,
                    path,
                    List.copyOf(query),
                    body,
                    idempotencyKey,
                    repeatable,
                    timeout,
                    maxRetries,
                    Map.copyOf(headers));
        }
    }
}
