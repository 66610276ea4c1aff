package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Launch settings of a runtime.
 *
 * <p>Schema {@code RuntimeConfig}. Immutable.
 *
 * @param fingerprint the identity to show
 * @param humanize whether input looks human; hosted service only
 * @param humanizePersonaId the persona of {@code humanize}
 * @param proxy the proxy; none if absent
 * @param solveCaptchas whether captchas are solved; hosted service only
 * @param stealth the stealth level; hosted service only
 * @param extra what was on the wire and has no component here
 */
public record RuntimeConfig(
        @Nullable Fingerprint fingerprint,
        @Nullable Boolean humanize,
        @Nullable Integer humanizePersonaId,
        @Nullable ProxyConfig proxy,
        @Nullable Boolean solveCaptchas,
        @Nullable Stealth stealth,
        JsonObject extra) {
    /** {@return a builder without any value} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of a {@link RuntimeConfig}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Fingerprint fingerprint;
        private @Nullable Boolean humanize;
        private @Nullable Integer humanizePersonaId;
        private @Nullable ProxyConfig proxy;
        private @Nullable Boolean solveCaptchas;
        private @Nullable Stealth stealth;
        private JsonObject extra = new JsonObject();

        private Builder() {}

        /** Sets the identity to show. */
        public Builder fingerprint(Fingerprint fingerprint) {
            this.fingerprint = fingerprint;
            return this;
        }

        /** Sets whether input looks human; hosted service only. */
        public Builder humanize(Boolean humanize) {
            this.humanize = humanize;
            return this;
        }

        /** Sets the persona of {@code humanize}. */
        public Builder humanizePersonaId(Integer humanizePersonaId) {
            this.humanizePersonaId = humanizePersonaId;
            return this;
        }

        /** Sets the proxy; none if absent. */
        public Builder proxy(ProxyConfig proxy) {
            this.proxy = proxy;
            return this;
        }

        /** Sets whether captchas are solved; hosted service only. */
        public Builder solveCaptchas(Boolean solveCaptchas) {
            this.solveCaptchas = solveCaptchas;
            return this;
        }

        /** Sets the stealth level; hosted service only. */
        public Builder stealth(Stealth stealth) {
            this.stealth = stealth;
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
        public RuntimeConfig build() {
            return new RuntimeConfig(fingerprint, humanize, humanizePersonaId, proxy, solveCaptchas, stealth, extra);
        }
    }
}
