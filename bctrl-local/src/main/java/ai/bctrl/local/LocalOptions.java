package ai.bctrl.local;

import ai.bctrl.error.BctrlConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link LocalBctrl}. Immutable. */
public final class LocalOptions {

    private final Builder values;

    private LocalOptions(Builder values) {
        this.values = values;
    }

    /** {@return the defaults: a free port on loopback, a random key, nothing durable} */
    public static LocalOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the name or address to listen on; default {@code 127.0.0.1}} */
    public String host() {
        return values.host;
    }

    /** {@return the port to listen on, 0 to 65535; default 0, a free one} */
    public int port() {
        return values.port;
    }

    /** {@return the key that may do everything; null, the default, for a random one} */
    public @Nullable String apiKey() {
        return values.apiKey;
    }

    /** {@return a key that may only read; null, the default, for none} */
    public @Nullable String readOnlyApiKey() {
        return values.readOnlyApiKey;
    }

    /** {@return where records and profiles are kept; null, the default, to keep nothing} */
    public @Nullable Path dataDirectory() {
        return values.dataDirectory;
    }

    /** {@return the browser's binary; null, the default, to look for one} */
    public @Nullable Path chromium() {
        return values.chromium;
    }

    /** {@return whether Chromium's own sandbox is off; null, the default, to have it off for root only} */
    public @Nullable Boolean noSandbox() {
        return values.noSandbox;
    }

    /** {@return how long a browser may take to start; default 30 s} */
    public Duration browserStartTimeout() {
        return values.browserStartTimeout;
    }

    /** {@return a directory of unpacked extensions, each in a directory with its id for a name; null, the default, for none} */
    public @Nullable Path extensionsDirectory() {
        return values.extensionsDirectory;
    }

    /** {@return the largest body of a request in bytes; default 1 MiB} */
    public int maxRequestBytes() {
        return values.maxRequestBytes;
    }

    /** {@return the largest file that is stored, in bytes; default 1 GiB} */
    public long maxFileBytes() {
        return values.maxFileBytes;
    }

    /** {@return whether what happens in browsers is written to the record of their runs; default true} */
    public boolean observe() {
        return values.observe;
    }

    /** {@return how many browsers there may be at a time; null, the default, where only memory and processors decide} */
    public @Nullable Integer maxRuntimes() {
        return values.maxRuntimes;
    }

    /** {@return how many requests may wait in line for a browser; default 256} */
    public int maxWaiting() {
        return values.maxWaiting;
    }

    /** {@return how long one may wait in line for a browser; default 5 min} */
    public Duration queueTimeout() {
        return values.queueTimeout;
    }

    /** {@return whether {@code GET /metrics} tells what is counted; default false, and true for {@code bctrl serve}} */
    public boolean metrics() {
        return values.metrics;
    }

    /** Hides the keys. */
    @Override
    public String toString() {
        return "LocalOptions[host=" + values.host
                + ", port=" + values.port
                + ", apiKey=" + (values.apiKey == null ? "random" : "hidden")
                + ", readOnlyApiKey=" + (values.readOnlyApiKey == null ? "none" : "hidden")
                + ", dataDirectory=" + values.dataDirectory
                + ", chromium=" + values.chromium
                + ", noSandbox=" + values.noSandbox
                + ", browserStartTimeout=" + values.browserStartTimeout
                + ", extensionsDirectory=" + values.extensionsDirectory
                + ", maxRequestBytes=" + values.maxRequestBytes
                + ", maxFileBytes=" + values.maxFileBytes
                + ", observe=" + values.observe
                + ", maxRuntimes=" + values.maxRuntimes
                + ", maxWaiting=" + values.maxWaiting
                + ", queueTimeout=" + values.queueTimeout
                + ", metrics=" + values.metrics + "]";
    }

    /** Collects settings. Not thread-safe; use from one thread. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private @Nullable String apiKey;
        private @Nullable String readOnlyApiKey;
        private @Nullable Path dataDirectory;
        private @Nullable Path chromium;
        private @Nullable Boolean noSandbox;
        private Duration browserStartTimeout = Duration.ofSeconds(30);
        private @Nullable Path extensionsDirectory;
        private int maxRequestBytes = 1 << 20;
        private long maxFileBytes = 1L << 30;
        private boolean observe = true;
        private @Nullable Integer maxRuntimes;
        private int maxWaiting = 256;
        private Duration queueTimeout = Duration.ofMinutes(5);
        private boolean metrics;

        private Builder() {}

        private Builder(Builder other) {
            host = other.host;
            port = other.port;
            apiKey = other.apiKey;
            readOnlyApiKey = other.readOnlyApiKey;
            dataDirectory = other.dataDirectory;
            chromium = other.chromium;
            noSandbox = other.noSandbox;
            browserStartTimeout = other.browserStartTimeout;
            extensionsDirectory = other.extensionsDirectory;
            maxRequestBytes = other.maxRequestBytes;
            maxFileBytes = other.maxFileBytes;
            observe = other.observe;
            maxRuntimes = other.maxRuntimes;
            maxWaiting = other.maxWaiting;
            queueTimeout = other.queueTimeout;
            metrics = other.metrics;
        }

        /** Sets the name or address to listen on; default {@code 127.0.0.1}. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** Sets the port to listen on, 0 to 65535; default 0, a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Sets the key that may do everything; null, the default, for a random one. */
        public Builder apiKey(@Nullable String value) {
            apiKey = value;
            return this;
        }

        /** Sets a key that may only read; null, the default, for none. */
        public Builder readOnlyApiKey(@Nullable String value) {
            readOnlyApiKey = value;
            return this;
        }

        /** Sets where records and profiles are kept; null, the default, to keep nothing. */
        public Builder dataDirectory(@Nullable Path value) {
            dataDirectory = value;
            return this;
        }

        /** Sets the browser's binary; null, the default, to look for one. */
        public Builder chromium(@Nullable Path value) {
            chromium = value;
            return this;
        }

        /** Sets whether Chromium's own sandbox is off; null, the default, to have it off for root only. */
        public Builder noSandbox(@Nullable Boolean value) {
            noSandbox = value;
            return this;
        }

        /** Sets how long a browser may take to start; default 30 s. */
        public Builder browserStartTimeout(Duration value) {
            browserStartTimeout = value;
            return this;
        }

        /** Sets a directory of unpacked extensions; null, the default, for none. */
        public Builder extensionsDirectory(@Nullable Path value) {
            extensionsDirectory = value;
            return this;
        }

        /** Sets the largest body of a request in bytes; default 1 MiB. */
        public Builder maxRequestBytes(int value) {
            maxRequestBytes = value;
            return this;
        }

        /** Sets the largest file that is stored, in bytes; default 1 GiB. */
        public Builder maxFileBytes(long value) {
            maxFileBytes = value;
            return this;
        }

        /** Sets whether what happens in browsers is written to the record of their runs; default true. */
        public Builder observe(boolean value) {
            observe = value;
            return this;
        }

        /** Sets how many browsers there may be at a time; null, the default, where only memory and processors decide. */
        public Builder maxRuntimes(@Nullable Integer value) {
            maxRuntimes = value;
            return this;
        }

        /** Sets how many requests may wait in line for a browser; default 256, 0 for none. */
        public Builder maxWaiting(int value) {
            maxWaiting = value;
            return this;
        }

        /** Sets how long one may wait in line for a browser; default 5 min. */
        public Builder queueTimeout(Duration value) {
            queueTimeout = value;
            return this;
        }

        /** Sets whether {@code GET /metrics} tells what is counted; default false. */
        public Builder metrics(boolean value) {
            metrics = value;
            return this;
        }

        /**
         * {@return the options}
         *
         * @throws BctrlConfigurationException if a value does not fit
         */
        public LocalOptions build() {
            require(!host.isBlank(), "host must not be blank");
            require(port >= 0 && port <= 65535, "port must be 0 to 65535 but is " + port);
            require(isKey(apiKey), "apiKey must be 1 to 512 visible ASCII characters without blanks");
            require(isKey(readOnlyApiKey), "readOnlyApiKey must be 1 to 512 visible ASCII characters without blanks");
            require(apiKey == null || !apiKey.equals(readOnlyApiKey), "apiKey and readOnlyApiKey must differ");
            require(
                    !browserStartTimeout.isNegative() && !browserStartTimeout.isZero(),
                    "browserStartTimeout must be positive but is " + browserStartTimeout);
            require(maxRequestBytes > 0, "maxRequestBytes must be positive but is " + maxRequestBytes);
            require(maxFileBytes > 0, "maxFileBytes must be positive but is " + maxFileBytes);
            require(
                    maxRuntimes == null || maxRuntimes > 0,
                    "maxRuntimes must be positive, or absent for no limit, but is " + maxRuntimes);
            require(maxWaiting >= 0, "maxWaiting must not be negative but is " + maxWaiting);
            require(
                    !queueTimeout.isNegative() && !queueTimeout.isZero(),
                    "queueTimeout must be positive but is " + queueTimeout);
            return new LocalOptions(new Builder(this));
        }

        private static boolean isKey(@Nullable String key) {
            return key == null
                    || (!key.isEmpty() && key.length() <= 512 && key.chars().allMatch(c -> c > ' ' && c < 127));
        }

        private static void require(boolean fits, String message) {
            if (!fits) {
                throw new BctrlConfigurationException(message);
            }
        }
    }
}
