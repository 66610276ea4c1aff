package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a connection lease.
 *
 * <p>Schema {@code ConnectionCreate}. Immutable.
 *
 * @param protocol the protocol; only {@link ConnectionProtocol#CDP} can be asked for
 * @param options options of the protocol; none are described
 * @param ttlSeconds how long the lease lasts, 60 to 7200 s; the server chooses if absent
 * @param extra what was on the wire and has no component here
 */
public record CreateConnectionRequest(
        ConnectionProtocol protocol,
        @Nullable JsonObject options,
        @Nullable Integer ttlSeconds,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a request for a CDP lease of this many seconds, 60 to 7200} */
    public static CreateConnectionRequest cdp(int ttlSeconds) {
        return builder().protocol(ConnectionProtocol.CDP).ttlSeconds(ttlSeconds).build();
    }

    /** Collects the values of a {@link CreateConnectionRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ConnectionProtocol protocol;
        private @Nullable JsonObject options;
        private @Nullable Integer ttlSeconds;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the protocol; only {@link ConnectionProtocol#CDP} can be asked for. */
        public Builder protocol(ConnectionProtocol protocol) {
            this.protocol = protocol;
            return this;
        }

        /** Sets options of the protocol; none are described. */
        public Builder options(JsonObject options) {
            this.options = options;
            return this;
        }

        /** Sets how long the lease lasts, 60 to 7200 s; the server chooses if absent. */
        public Builder ttlSeconds(Integer ttlSeconds) {
            this.ttlSeconds = ttlSeconds;
            return this;
        }

        /** Adds fields that this version does not know. */
        public Builder extra(JsonObject extra) {
            this.extra = extra.deepCopy();
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if {@code protocol} was not set
         */
        public CreateConnectionRequest build() {
            return new CreateConnectionRequest(
                    java.util.Objects.requireNonNull(protocol, "CreateConnectionRequest.protocol is not set"),
                    options,
                    ttlSeconds,
                    extra);
        }
    }
}
