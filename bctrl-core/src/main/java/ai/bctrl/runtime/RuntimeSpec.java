package ai.bctrl.runtime;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RuntimeConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What browser is wanted. Immutable.
 *
 * @param name label of the runtime; the provider makes one up if absent
 * @param profile browser profile to launch from; ephemeral if absent
 * @param extensionIds extensions to load
 * @param config launch settings
 * @param metadata data of the caller, kept with the runtime
 * @param connectionTtl how long the connection may be attached to, 60 s to 2 h; 1 h by default
 * @param acquireTimeout how long acquiring may take, apart from waiting for a place; 60 s by default
 * @param queueTimeout how long to wait where the service has no place for one more browser; 5 min by default
 * @param recording whether pictures are recorded; {@code off} by default, which is not sent
 * @param isolation what keeps the browser apart from others; {@code process} by default, which is not sent
 */
public record RuntimeSpec(
        @Nullable String name,
        @Nullable String profile,
        List<String> extensionIds,
        RuntimeConfig config,
        Map<String, String> metadata,
        Duration connectionTtl,
        Duration acquireTimeout,
        Duration queueTimeout,
        RecordingMode recording,
        Isolation isolation) {
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(60);
    private static final Duration LONGEST_TTL = Duration.ofHours(2);

    /**
     * Checks the durations and copies the collections.
     *
     * @throws BctrlConfigurationException if a duration is out of its bounds
     */
    public RuntimeSpec {
        extensionIds = List.copyOf(extensionIds);
        metadata = Map.copyOf(metadata);
        if (connectionTtl.compareTo(SHORTEST_TTL) < 0 || connectionTtl.compareTo(LONGEST_TTL) > 0) {
            throw new BctrlConfigurationException(
                    "connectionTtl is " + connectionTtl + "; it must lie between 60 s and 2 h (7200 s)");
        }
        if (acquireTimeout.isNegative() || acquireTimeout.isZero()) {
            throw new BctrlConfigurationException("acquireTimeout is " + acquireTimeout + "; it must be positive");
        }
        if (queueTimeout.isNegative()) {
            throw new BctrlConfigurationException("queueTimeout is " + queueTimeout + "; it must not be negative");
        }
    }

    /** {@return an ephemeral browser with the service's own settings} */
    public static RuntimeSpec defaults() {
        return builder().build();
    }

    /** {@return a builder that starts from {@link #defaults()}} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts from this} */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .name(name)
                .profile(profile)
                .extensionIds(extensionIds)
                .config(config)
                .connectionTtl(connectionTtl)
                .acquireTimeout(acquireTimeout)
                .queueTimeout(queueTimeout)
                .recording(recording)
                .isolation(isolation);
        metadata.forEach(builder::metadata);
        return builder;
    }

    /** Collects the values of a {@link RuntimeSpec}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable String profile;
        private List<String> extensionIds = List.of();
        private RuntimeConfig config = RuntimeConfig.builder().build();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private Duration connectionTtl = Duration.ofHours(1);
        private Duration acquireTimeout = Duration.ofSeconds(60);
        private Duration queueTimeout = Duration.ofMinutes(5);
        private RecordingMode recording = RecordingMode.OFF;
        private Isolation isolation = Isolation.PROCESS;

        private Builder() {}

        /** Sets the label of the runtime. */
        public Builder name(@Nullable String name) {
            this.name = name;
            return this;
        }

        /** Sets the browser profile to launch from. */
        public Builder profile(@Nullable String profile) {
            this.profile = profile;
            return this;
        }

        /** Sets the extensions to load. */
        public Builder extensionIds(List<String> extensionIds) {
            this.extensionIds = List.copyOf(extensionIds);
            return this;
        }

        /** Sets the launch settings. */
        public Builder config(RuntimeConfig config) {
            this.config = config;
            return this;
        }

        /** Adds data that is kept with the runtime. */
        public Builder metadata(String key, String value) {
            this.metadata.put(key, value);
            return this;
        }

        /** Sets how long the connection may be attached to, 60 s to 2 h. */
        public Builder connectionTtl(Duration connectionTtl) {
            this.connectionTtl = connectionTtl;
            return this;
        }

        /** Sets how long acquiring may take, apart from waiting for a place. */
        public Builder acquireTimeout(Duration acquireTimeout) {
            this.acquireTimeout = acquireTimeout;
            return this;
        }

        /** Sets how long to wait where the service has no place for one more browser; 0 for not at all. */
        public Builder queueTimeout(Duration queueTimeout) {
            this.queueTimeout = queueTimeout;
            return this;
        }

        /** Sets whether pictures are recorded; only control planes of bctrl-java know how to. */
        public Builder recording(RecordingMode recording) {
            this.recording = recording;
            return this;
        }

        /** Sets what keeps the browser apart from others; only control planes of bctrl-java know how to share one. */
        public Builder isolation(Isolation isolation) {
            this.isolation = isolation;
            return this;
        }

        /**
         * {@return the spec}
         *
         * @throws BctrlConfigurationException if a duration is out of its bounds
         */
        public RuntimeSpec build() {
            return new RuntimeSpec(
                    name,
                    profile,
                    extensionIds,
                    config,
                    metadata,
                    connectionTtl,
                    acquireTimeout,
                    queueTimeout,
                    recording,
                    isolation);
        }
    }
}
