package ai.bctrl.playwright;

import ai.bctrl.error.BctrlConfigurationException;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a session is opened. Immutable.
 *
 * @param connectTimeout how long connecting may take, and each of opening a context and a page; 30 s by default
 * @param contextOptions sets options of each fresh context; does nothing by default. Not called for the context of a
 *     browser profile, which is as the profile made it.
 * @param files whether the browser sees the files of this machine; {@link FileSharing#AUTO} by default
 * @param onContext is called with each context before its first page is opened; does nothing by default
 */
public record SessionOptions(
        Duration connectTimeout,
        Consumer<Browser.NewContextOptions> contextOptions,
        FileSharing files,
        Consumer<BrowserContext> onContext) {
    /**
     * Checks the duration.
     *
     * @throws BctrlConfigurationException if it is not positive
     */
    public SessionOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new BctrlConfigurationException("connectTimeout is " + connectTimeout + "; it must be positive");
        }
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
         * @throws BctrlConfigurationException if the timeout is not positive
         */
        public SessionOptions build() {
            return new SessionOptions(connectTimeout, contextOptions, files, onContext);
        }
    }
}
