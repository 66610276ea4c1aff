package ai.bctrl.local.internal.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link ChromiumEngine}. Immutable.
 *
 * @param binary the browser to start; null to look for one
 * @param root directory for the engine's temporary directories; null for {@code bctrl-<user>} in the system's
 * @param startTimeout how long a browser may take until its DevTools answer; default 30 s
 * @param sandbox whether Chromium's own sandbox is on; default {@link Sandbox#AUTO}
 */
public record ChromiumOptions(
        @Nullable Path binary, @Nullable Path root, Duration startTimeout, Sandbox sandbox) {

    /** Whether Chromium isolates its renderers with the kernel's help. */
    public enum Sandbox {
        /** Off for root, where Chromium refuses to start with it; on for everybody else. */
        AUTO,
        /** Always on. */
        ON,
        /** Always off; for containers that forbid user namespaces. */
        OFF
    }

    public ChromiumOptions {
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive but is " + startTimeout);
        }
    }

    /** The defaults. */
    public static ChromiumOptions defaults() {
        return builder().build();
    }

    /** A builder that holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe; use from one thread. */
    public static final class Builder {
        private @Nullable Path binary;
        private @Nullable Path root;
        private Duration startTimeout = Duration.ofSeconds(30);
        private Sandbox sandbox = Sandbox.AUTO;

        private Builder() {}

        /** The browser to start; default null, look for one. */
        public Builder binary(@Nullable Path value) {
            binary = value;
            return this;
        }

        /** Directory for temporary profiles; default null, {@code bctrl-<user>} in the system's temporary directory. */
        public Builder root(@Nullable Path value) {
            root = value;
            return this;
        }

        /** How long a browser may take to start; default 30 s. */
        public Builder startTimeout(Duration value) {
            startTimeout = value;
            return this;
        }

        /** Whether Chromium's own sandbox is on; default {@link Sandbox#AUTO}. */
        public Builder sandbox(Sandbox value) {
            sandbox = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws IllegalArgumentException if the timeout is not positive
         */
        public ChromiumOptions build() {
            return new ChromiumOptions(binary, root, startTimeout, sandbox);
        }
    }
}
