package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a run to list.
 *
 * @param type only these types
 * @param kind only these families
 * @param connectionId only events of this connection
 * @param pageId only events of this page
 * @param contextId only events of this browser context
 * @param order order by time; oldest first if absent
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record EventQuery(
        @Nullable List<String> type,
        @Nullable List<String> kind,
        @Nullable String connectionId,
        @Nullable String pageId,
        @Nullable String contextId,
        @Nullable SortOrder order,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** Copies the lists. */
    public EventQuery {
        type = type == null ? null : List.copyOf(type);
        kind = kind == null ? null : List.copyOf(kind);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link EventQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable List<String> type;
        private @Nullable List<String> kind;
        private @Nullable String connectionId;
        private @Nullable String pageId;
        private @Nullable String contextId;
        private @Nullable SortOrder order;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only these types. */
        public Builder type(List<String> type) {
            this.type = type;
            return this;
        }

        /** Sets only these families. */
        public Builder kind(List<String> kind) {
            this.kind = kind;
            return this;
        }

        /** Sets only events of this connection. */
        public Builder connectionId(String connectionId) {
            this.connectionId = connectionId;
            return this;
        }

        /** Sets only events of this page. */
        public Builder pageId(String pageId) {
            this.pageId = pageId;
            return this;
        }

        /** Sets only events of this browser context. */
        public Builder contextId(String contextId) {
            this.contextId = contextId;
            return this;
        }

        /** Sets order by time; oldest first if absent. */
        public Builder order(SortOrder order) {
            this.order = order;
            return this;
        }

        /** Sets where the page begins. */
        public Builder cursor(String cursor) {
            this.cursor = cursor;
            return this;
        }

        /** Sets size of the page; the server chooses if absent. */
        public Builder limit(Integer limit) {
            this.limit = limit;
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
        public EventQuery build() {
            return new EventQuery(type, kind, connectionId, pageId, contextId, order, cursor, limit, extra);
        }
    }
}
