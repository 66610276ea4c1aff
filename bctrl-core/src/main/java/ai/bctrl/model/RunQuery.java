package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param runtimeId only runs of this runtime
 * @param spaceId only runs of this space
 * @param status only runs with this status
 * @param outcome only runs whose tests ended so; an addition of the local control plane
 * @param search only runs with this in the name of a test, in whatever case; an addition of the local control plane
 * @param cursor where the page begins
 * @param limit size of the page; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record RunQuery(
        @Nullable String runtimeId,
        @Nullable String spaceId,
        @Nullable RunStatus status,
        @Nullable RunOutcome outcome,
        @Nullable String search,
        @Nullable String cursor,
        @Nullable Integer limit,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link RunQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String runtimeId;
        private @Nullable String spaceId;
        private @Nullable RunStatus status;
        private @Nullable RunOutcome outcome;
        private @Nullable String search;
        private @Nullable String cursor;
        private @Nullable Integer limit;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets only runs of this runtime. */
        public Builder runtimeId(String runtimeId) {
            this.runtimeId = runtimeId;
            return this;
        }

        /** Sets only runs of this space. */
        public Builder spaceId(String spaceId) {
            this.spaceId = spaceId;
            return this;
        }

        /** Sets only runs with this status. */
        public Builder status(RunStatus status) {
            this.status = status;
            return this;
        }

        /** Sets only runs whose tests ended so; an addition of the local control plane. */
        public Builder outcome(RunOutcome outcome) {
            this.outcome = outcome;
            return this;
        }

        /** Sets only runs with this in the name of a test; an addition of the local control plane. */
        public Builder search(String search) {
            this.search = search;
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
        public RunQuery build() {
            return new RunQuery(runtimeId, spaceId, status, outcome, search, cursor, limit, extra);
        }
    }
}
