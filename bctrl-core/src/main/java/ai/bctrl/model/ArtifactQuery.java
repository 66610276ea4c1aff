package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which artifacts to list.
 *
 * @param runtimeId only artifacts of this runtime; for lists across a space
 * @param kind only these kinds
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record ArtifactQuery(
        @Nullable String runtimeId,
        @Nullable List<String> kind,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** Copies the lists. */
    public ArtifactQuery {
        kind = kind == null ? null : List.copyOf(kind);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link ArtifactQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String runtimeId;
        private @Nullable List<String> kind;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only artifacts of this runtime; for lists across a space. */
        public Builder runtimeId(String runtimeId) {
            this.runtimeId = runtimeId;
            return this;
        }

        /** Sets only these kinds. */
        public Builder kind(List<String> kind) {
            this.kind = kind;
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
        public ArtifactQuery build() {
            return new ArtifactQuery(runtimeId, kind, cursor, limit, extra);
        }
    }
}
