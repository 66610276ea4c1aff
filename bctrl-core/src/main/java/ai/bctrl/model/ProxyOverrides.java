package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a saved proxy for one runtime.
 *
 * <p>Schema {@code ProxyOverrides}. Immutable.
 *
 * @param affinity whether to keep one exit
 * @param geo the place to come out at
 * @param ipFamily the IP versions
 * @param poolPreference what matters most
 * @param protocol the protocol
 * @param extra what was on the wire and has no component here
 */
public record ProxyOverrides(
        @Nullable ProxyAffinity affinity,
        @Nullable ProxyGeo geo,
        @Nullable IpFamily ipFamily,
        @Nullable PoolPreference poolPreference,
        @Nullable ProxyProtocol protocol,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link ProxyOverrides}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ProxyAffinity affinity;
        private @Nullable ProxyGeo geo;
        private @Nullable IpFamily ipFamily;
        private @Nullable PoolPreference poolPreference;
        private @Nullable ProxyProtocol protocol;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets whether to keep one exit. */
        public Builder affinity(ProxyAffinity affinity) {
            this.affinity = affinity;
            return this;
        }

        /** Sets the place to come out at. */
        public Builder geo(ProxyGeo geo) {
            this.geo = geo;
            return this;
        }

        /** Sets the IP versions. */
        public Builder ipFamily(IpFamily ipFamily) {
            this.ipFamily = ipFamily;
            return this;
        }

        /** Sets what matters most. */
        public Builder poolPreference(PoolPreference poolPreference) {
            this.poolPreference = poolPreference;
            return this;
        }

        /** Sets the protocol. */
        public Builder protocol(ProxyProtocol protocol) {
            this.protocol = protocol;
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
        public ProxyOverrides build() {
            return new ProxyOverrides(affinity, geo, ipFamily, poolPreference, protocol, extra);
        }
    }
}
