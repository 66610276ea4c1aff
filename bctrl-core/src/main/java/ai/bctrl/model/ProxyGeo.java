package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Place that a saved proxy should come out at.
 *
 * <p>Schema {@code ProxyGeo}. Immutable.
 *
 * @param city city
 * @param country country
 * @param isp internet provider
 * @param region region
 * @param extra what was on the wire and has no component here
 */
public record ProxyGeo(
        @Nullable String city,
        @Nullable String country,
        @Nullable String isp,
        @Nullable String region,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link ProxyGeo}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String city;
        private @Nullable String country;
        private @Nullable String isp;
        private @Nullable String region;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets city. */
        public Builder city(String city) {
            this.city = city;
            return this;
        }

        /** Sets country. */
        public Builder country(String country) {
            this.country = country;
            return this;
        }

        /** Sets internet provider. */
        public Builder isp(String isp) {
            this.isp = isp;
            return this;
        }

        /** Sets region. */
        public Builder region(String region) {
            this.region = region;
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
        public ProxyGeo build() {
            return new ProxyGeo(city, country, isp, region, extra);
        }
    }
}
