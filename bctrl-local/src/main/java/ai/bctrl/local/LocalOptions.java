package ai.bctrl.local;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.model.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link LocalBctrl}. Immutable. */
public final class LocalOptions {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);

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

    /** {@return more keys that may do everything, so that one can be replaced by another; default none} */
    public List<String> furtherApiKeys() {
        return values.furtherApiKeys;
    }

    /**
     * {@return a file with the hashes of more keys, as {@code bctrl key} makes it, which is read again within a second after it
     * was written; null, the default, for none}
     */
    public @Nullable Path keysFile() {
        return values.keysFile;
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

    /** {@return what runtimes get that ask for no isolation; {@link Isolation#PROCESS} by default} */
    public Isolation isolation() {
        return values.isolation;
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

    /** {@return how long runs are kept after their end; null, the default, for any time} */
    public @Nullable Duration keepFor() {
        return values.keepFor;
    }

    /** {@return how many runs that have ended are kept; null, the default, for any number} */
    public @Nullable Integer keepRuns() {
        return values.keepRuns;
    }

    /** {@return how many bytes of artifacts and recordings of ended runs are kept in all; null, the default, for any} */
    public @Nullable Long keepBytes() {
        return values.keepBytes;
    }

    /** {@return how long a runtime may be without use before it is stopped; null, the default, for as long as it likes} */
    public @Nullable Duration idleTimeout() {
        return values.idleTimeout;
    }

    /** {@return how long a runtime may live at all; null, the default, for as long as it likes} */
    public @Nullable Duration maxLifetime() {
        return values.maxLifetime;
    }

    /**
     * {@return how long a browser may give no sign of life before it is ended; default 10 s; null where browsers are not
     * asked for one}
     */
    public @Nullable Duration silenceTimeout() {
        return values.silenceTimeout;
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
                + ", furtherApiKeys=" + values.furtherApiKeys.size()
                + ", keysFile=" + values.keysFile
                + ", dataDirectory=" + values.dataDirectory
                + ", chromium=" + values.chromium
                + ", noSandbox=" + values.noSandbox
                + ", browserStartTimeout=" + values.browserStartTimeout
                + ", extensionsDirectory=" + values.extensionsDirectory
                + ", isolation=" + values.isolation.wireName()
                + ", maxRequestBytes=" + values.maxRequestBytes
                + ", maxFileBytes=" + values.maxFileBytes
                + ", observe=" + values.observe
                + ", idleTimeout=" + values.idleTimeout
                + ", maxLifetime=" + values.maxLifetime
                + ", silenceTimeout=" + values.silenceTimeout
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
        private List<String> furtherApiKeys = List.of();
        private @Nullable Path keysFile;
        private @Nullable Path dataDirectory;
        private @Nullable Path chromium;
        private @Nullable Boolean noSandbox;
        private Duration browserStartTimeout = Duration.ofSeconds(30);
        private @Nullable Path extensionsDirectory;
        private Isolation isolation = Isolation.PROCESS;
        private int maxRequestBytes = 1 << 20;
        private long maxFileBytes = 1L << 30;
        private boolean observe = true;
        private @Nullable Duration keepFor;
        private @Nullable Integer keepRuns;
        private @Nullable Long keepBytes;
        private @Nullable Duration idleTimeout;
        private @Nullable Duration maxLifetime;
        private @Nullable Duration silenceTimeout = Duration.ofSeconds(10);
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
            furtherApiKeys = other.furtherApiKeys;
            keysFile = other.keysFile;
            dataDirectory = other.dataDirectory;
            chromium = other.chromium;
            noSandbox = other.noSandbox;
            browserStartTimeout = other.browserStartTimeout;
            extensionsDirectory = other.extensionsDirectory;
            isolation = other.isolation;
            maxRequestBytes = other.maxRequestBytes;
            maxFileBytes = other.maxFileBytes;
            observe = other.observe;
            keepFor = other.keepFor;
            keepRuns = other.keepRuns;
            keepBytes = other.keepBytes;
            idleTimeout = other.idleTimeout;
            maxLifetime = other.maxLifetime;
            silenceTimeout = other.silenceTimeout;
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

        /** Sets more keys that may do everything; default none. */
        public Builder furtherApiKeys(List<String> value) {
            furtherApiKeys = List.copyOf(value);
            return this;
        }

        /** Sets a file with the hashes of more keys, as {@code bctrl key} makes it; null, the default, for none. */
        public Builder keysFile(@Nullable Path value) {
            keysFile = value;
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

        /** Sets what runtimes get that ask for no isolation; {@link Isolation#PROCESS} by default. */
        public Builder isolation(Isolation value) {
            isolation = value;
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

        /** Sets how long runs are kept after their end; null, the default, for any time. */
        public Builder keepFor(@Nullable Duration value) {
            keepFor = value;
            return this;
        }

        /** Sets how many runs that have ended are kept; null, the default, for any number. */
        public Builder keepRuns(@Nullable Integer value) {
            keepRuns = value;
            return this;
        }

        /** Sets how many bytes of artifacts and recordings of ended runs are kept in all; null, the default, for any. */
        public Builder keepBytes(@Nullable Long value) {
            keepBytes = value;
            return this;
        }

        /**
         * Sets how long a runtime may be without use before it is stopped: no controller attached, no call of the API for it,
         * nobody who steers it in the live view; null, the default, for as long as it likes.
         */
        public Builder idleTimeout(@Nullable Duration value) {
            idleTimeout = value;
            return this;
        }

        /** Sets how long a runtime may live at all; null, the default, for as long as it likes. */
        public Builder maxLifetime(@Nullable Duration value) {
            maxLifetime = value;
            return this;
        }

        /**
         * Sets how long a browser may give no sign of life before it is ended, 2 s or more; default 10 s, null not to ask for
         * any. A browser whose process is stopped is ended after 1.5 s already.
         */
        public Builder silenceTimeout(@Nullable Duration value) {
            silenceTimeout = value;
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
            require(
                    furtherApiKeys.stream().allMatch(Builder::isKey),
                    "each of furtherApiKeys must be 1 to 512 visible ASCII characters without blanks");
            require(
                    readOnlyApiKey == null || !furtherApiKeys.contains(readOnlyApiKey),
                    "readOnlyApiKey must not be one of furtherApiKeys");
            require(apiKey == null || !apiKey.equals(readOnlyApiKey), "apiKey and readOnlyApiKey must differ");
            require(
                    !browserStartTimeout.isNegative() && !browserStartTimeout.isZero(),
                    "browserStartTimeout must be positive but is " + browserStartTimeout);
            require(maxRequestBytes > 0, "maxRequestBytes must be positive but is " + maxRequestBytes);
            require(maxFileBytes > 0, "maxFileBytes must be positive but is " + maxFileBytes);
            require(keepFor == null || !keepFor.isNegative(), "keepFor must not be negative but is " + keepFor);
            require(keepRuns == null || keepRuns >= 0, "keepRuns must be 0 or more but is " + keepRuns);
            require(keepBytes == null || keepBytes >= 0, "keepBytes must be 0 or more but is " + keepBytes);
            requirePositive("idleTimeout", idleTimeout);
            requirePositive("maxLifetime", maxLifetime);
            require(
                    silenceTimeout == null || silenceTimeout.compareTo(SHORTEST_SILENCE) >= 0,
                    "silenceTimeout must be 2 s or more but is " + silenceTimeout);
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

        private static void requirePositive(String name, @Nullable Duration value) {
            require(
                    value == null || (!value.isNegative() && !value.isZero()),
                    name + " must be positive but is " + value);
        }

        private static void require(boolean fits, String message) {
            if (!fits) {
                throw new BctrlConfigurationException(message);
            }
        }
    }
}
