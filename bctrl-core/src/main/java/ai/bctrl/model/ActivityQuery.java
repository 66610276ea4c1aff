package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the timeline of a run to list.
 *
 * @param categories only these categories
 * @param level level of detail
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record ActivityQuery(
        @Nullable List<String> categories,
        @Nullable String level,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** Copies the lists. */
    public ActivityQuery {
        categories = categories == null ? null : List.copyOf(categories);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link ActivityQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable List<String> categories;
        private @Nullable String level;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only these categories. */
        public Builder categories(List<String> categories) {
            this.categories = categories;
            return this;
        }

        /** Sets level of detail. */
        public Builder level(String level) {
            this.level = level;
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
        public ActivityQuery build() {
            return new ActivityQuery(categories, level, cursor, limit, extra);
        }
    }
}
