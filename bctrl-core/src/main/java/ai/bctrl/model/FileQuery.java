package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a space to list.
 *
 * @param prefix only files whose path begins so
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record FileQuery(
        @Nullable String prefix,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link FileQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String prefix;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only files whose path begins so. */
        public Builder prefix(String prefix) {
            this.prefix = prefix;
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

        /** {@return the value} */
        public FileQuery build() {
            return new FileQuery(prefix, cursor, limit, extra);
        }
    }
}
