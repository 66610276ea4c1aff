package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next event that fits.
 *
 * <p>Schema {@code RunEventWait}. Immutable.
 *
 * @param connectionId only events of this connection
 * @param contextId only events of this browser context
 * @param cursor only events after this cursor
 * @param kind only these families
 * @param type only these types
 * @param timeoutMs how long the server waits, in milliseconds; by default 30000, at most 120000
 * @param pageId only events of this page
 * @param extra what was on the wire and has no component here
 */
public record WaitForEventRequest(
        @Nullable String connectionId,
        @Nullable String contextId,
        @Nullable String cursor,
        @Nullable List<String> kind,
        @Nullable List<String> type,
        @Nullable Integer timeoutMs,
        @Nullable String pageId,
        JsonObject extra) {
    /** Copies the lists. */
    public WaitForEventRequest {
        kind = kind == null ? null : List.copyOf(kind);
        type = type == null ? null : List.copyOf(type);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link WaitForEventRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String connectionId;
        private @Nullable String contextId;
        private @Nullable String cursor;
        private @Nullable List<String> kind;
        private @Nullable List<String> type;
        private @Nullable Integer timeoutMs;
        private @Nullable String pageId;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only events of this connection. */
        public Builder connectionId(String connectionId) {
            this.connectionId = connectionId;
            return this;
        }

        /** Sets only events of this browser context. */
        public Builder contextId(String contextId) {
            this.contextId = contextId;
            return this;
        }

        /** Sets only events after this cursor. */
        public Builder cursor(String cursor) {
            this.cursor = cursor;
            return this;
        }

        /** Sets only these families. */
        public Builder kind(List<String> kind) {
            this.kind = kind;
            return this;
        }

        /** Sets only these types. */
        public Builder type(List<String> type) {
            this.type = type;
            return this;
        }

        /** Sets how long the server waits, in milliseconds; by default 30000, at most 120000. */
        public Builder timeoutMs(Integer timeoutMs) {
            this.timeoutMs = timeoutMs;
            return this;
        }

        /** Sets only events of this page. */
        public Builder pageId(String pageId) {
            this.pageId = pageId;
            return this;
        }

        /** Adds fields that this version does not know. */
        public Builder extra(JsonObject extra) {
            this.extra = extra.deepCopy();
            return this;
        }

        /**
         * {@return the value}
         */
        public WaitForEventRequest build() {
            return new WaitForEventRequest(connectionId, contextId, cursor, kind, type, timeoutMs, pageId, extra);
        }
    }
}
