package ai.bctrl.playwright;

import ai.bctrl.error.BctrlConfigurationException;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a session is opened. Immutable.
 *
 * @param connectTimeout how long connecting may take, and each of opening a context and a page; 30 s by default
 * @param contextOptions sets options of each fresh context; does nothing by default. Not called for the context of a
 *     browser profile, which is as the profile made it.
 * @param files whether the browser sees the files of this machine; {@link FileSharing#AUTO} by default
 * @param silenceLimit how long a connection to a browser may be silent, although the browser was asked for a sign of life,
 *     before the control plane is asked about it; twice as long, and it is given up. Zero for as long as it likes. Null, the
 *     default, for 2 s where the browser is on another machine, and as long as it likes where it is on this one, as there
 *     the control plane keeps watch
 * @param onContext is called with each context before its first page is opened; does nothing by default
 */
public record SessionOptions(
        Duration connectTimeout,
        Consumer<Browser.NewContextOptions> contextOptions,
        FileSharing files,
        @Nullable Duration silenceLimit,
        Consumer<BrowserContext> onContext) {
    /**
     * Checks the durations.
     *
     * @throws BctrlConfigurationException if one does not fit
     */
    public SessionOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new BctrlConfigurationException("connectTimeout is " + connectTimeout + "; it must be positive");
        }
        if (silenceLimit != null && (silenceLimit.isNegative() || isTooShort(silenceLimit))) {
            throw new BctrlConfigurationException(
                    "silenceLimit is " + silenceLimit + "; it must be zero or at least 500 ms");
        }
    }

    private static boolean isTooShort(Duration limit) {
        return !limit.isZero() && limit.compareTo(Duration.ofMillis(500)) < 0;
    }

    /** {@return the options by default} */
    public static SessionOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that starts from {@link #defaults()}} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the values of {@link SessionOptions}. Not thread-safe. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(30);
        private Consumer<Browser.NewContextOptions> contextOptions = options -> {};
        private FileSharing files = FileSharing.AUTO;
        private @Nullable Duration silenceLimit;
        private Consumer<BrowserContext> onContext = context -> {};

        private Builder() {}

        /** Sets how long connecting may take, and each of opening a context and a page. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** Sets whether the browser sees the files of this machine. */
        public Builder files(FileSharing files) {
            this.files = files;
            return this;
        }

        /** Sets how long a connection may be silent; see {@link SessionOptions#silenceLimit()}. */
        public Builder silenceLimit(@Nullable Duration silenceLimit) {
            this.silenceLimit = silenceLimit;
            return this;
        }

        /** Sets what sets the options of each fresh context. */
        public Builder contextOptions(Consumer<Browser.NewContextOptions> contextOptions) {
            this.contextOptions = contextOptions;
            return this;
        }

        /** Sets what is called with each context before its first page is opened. */
        public Builder onContext(Consumer<BrowserContext> onContext) {
            this.onContext = onContext;
            return this;
        }

        /**
         * {@return the options}
         *
         * @throws BctrlConfigurationException if a duration does not fit
         */
        public SessionOptions build() {
            return new SessionOptions(connectTimeout, contextOptions, files, silenceLimit, onContext);
        }
    }
}
