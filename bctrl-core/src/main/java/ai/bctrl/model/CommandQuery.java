package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which commands of a run to list.
 *
 * @param status only these statuses
 * @param executionMode only this mode
 * @param include heavy fields to add
 * @param order order by time
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record CommandQuery(
        @Nullable List<CommandStatus> status,
        @Nullable ExecutionMode executionMode,
        @Nullable List<CommandDetail> include,
        @Nullable SortOrder order,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** Copies the lists. */
    public CommandQuery {
        status = status == null ? null : List.copyOf(status);
        include = include == null ? null : List.copyOf(include);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link CommandQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable List<CommandStatus> status;
        private @Nullable ExecutionMode executionMode;
        private @Nullable List<CommandDetail> include;
        private @Nullable SortOrder order;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only these statuses. */
        public Builder status(List<CommandStatus> status) {
            this.status = status;
            return this;
        }

        /** Sets only this mode. */
        public Builder executionMode(ExecutionMode executionMode) {
            this.executionMode = executionMode;
            return this;
        }

        /** Sets heavy fields to add. */
        public Builder include(List<CommandDetail> include) {
            this.include = include;
            return this;
        }

        /** Sets order by time. */
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
        public CommandQuery build() {
            return new CommandQuery(status, executionMode, include, order, cursor, limit, extra);
        }
    }
}
