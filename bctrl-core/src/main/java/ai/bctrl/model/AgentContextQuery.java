package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent context should tell.
 *
 * @param runtimeId the runtime it is about
 * @param topic the topic it is about
 * @param detail how much to tell
 * @param include parts to add, for example {@code examples}
 * @param extra what was on the wire and has no component here
 */
public record AgentContextQuery(
        @Nullable String runtimeId,
        @Nullable String topic,
        @Nullable ContextDetail detail,
        @Nullable List<String> include,
        JsonObject extra) {
    /** Copies the lists. */
    public AgentContextQuery {
        include = include == null ? null : List.copyOf(include);
    }

    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link AgentContextQuery}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String runtimeId;
        private @Nullable String topic;
        private @Nullable ContextDetail detail;
        private @Nullable List<String> include;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the runtime it is about. */
        public Builder runtimeId(String runtimeId) {
            this.runtimeId = runtimeId;
            return this;
        }

        /** Sets the topic it is about. */
        public Builder topic(String topic) {
            this.topic = topic;
            return this;
        }

        /** Sets how much to tell. */
        public Builder detail(ContextDetail detail) {
            this.detail = detail;
            return this;
        }

        /** Sets parts to add, for example {@code examples}. */
        public Builder include(List<String> include) {
            this.include = include;
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
        public AgentContextQuery build() {
            return new AgentContextQuery(runtimeId, topic, detail, include, extra);
        }
    }
}
