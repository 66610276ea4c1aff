package ai.bctrl.local.internal.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What browser to start. Immutable.
 *
 * @param runtimeId names the browser's directory; letters, digits, {@code . _ -}, 1 to 64 characters
 * @param headless whether the browser shows no window
 * @param profileDirectory a profile that outlives the browser; null for a temporary one
 * @param brand the brand that must be started; null for any
 * @param locale a BCP 47 tag such as {@code de-DE} for the browser and {@code navigator.language}; null for the
 *     browser's default
 * @param proxy carries all traffic; null for none
 * @param extensions directories of unpacked extensions
 * @param arguments further arguments of the command line, after our own
 * @param shared whether a browser context of a process that others use as well will do
 */
public record LaunchRequest(
        String runtimeId,
        boolean headless,
        @Nullable Path profileDirectory,
        @Nullable BrowserBrand brand,
        @Nullable String locale,
        @Nullable Proxy proxy,
        List<Path> extensions,
        List<String> arguments,
        boolean shared) {

    public LaunchRequest {
        if (!runtimeId.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "runtimeId must be 1 to 64 letters, digits, '.', '_' or '-', not '" + runtimeId + "'");
        }
        if (locale != null && !locale.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            throw new IllegalArgumentException("locale must be a BCP 47 tag such as de-DE but is '" + locale + "'");
        }
        extensions = List.copyOf(extensions);
        arguments = List.copyOf(arguments);
    }

    /** A builder for a headless browser with a temporary profile. */
    public static Builder builder(String runtimeId) {
        return new Builder(runtimeId);
    }

    /** Collects the parts of a request. Not thread-safe; use from one thread. */
    public static final class Builder {
        private final String runtimeId;
        private boolean headless = true;
        private @Nullable Path profileDirectory;
        private @Nullable BrowserBrand brand;
        private @Nullable String locale;
        private @Nullable Proxy proxy;
        private final List<Path> extensions = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private boolean shared;

        private Builder(String runtimeId) {
            this.runtimeId = requireNonNull(runtimeId, "runtimeId");
        }

        /** Whether the browser shows no window; default true. */
        public Builder headless(boolean value) {
            headless = value;
            return this;
        }

        /** A profile that outlives the browser; default null, a temporary one. */
        public Builder profileDirectory(@Nullable Path value) {
            profileDirectory = value;
            return this;
        }

        /** The brand that must be started; default null, any. */
        public Builder brand(@Nullable BrowserBrand value) {
            brand = value;
            return this;
        }

        /** The browser's language, a BCP 47 tag; default null, the browser's own. */
        public Builder locale(@Nullable String value) {
            locale = value;
            return this;
        }

        /** The proxy for all traffic; default null, none. */
        public Builder proxy(@Nullable Proxy value) {
            proxy = value;
            return this;
        }

        /** Adds the directory of an unpacked extension. */
        public Builder extension(Path directory) {
            extensions.add(directory);
            return this;
        }

        /** Adds arguments of the command line. */
        public Builder arguments(List<String> values) {
            arguments.addAll(values);
            return this;
        }

        /** Whether a browser context of a process that others use as well will do; default false. */
        public Builder shared(boolean value) {
            shared = value;
            return this;
        }

        /**
         * Makes the request.
         *
         * @throws IllegalArgumentException if a value is malformed
         */
        public LaunchRequest build() {
            return new LaunchRequest(
                    runtimeId, headless, profileDirectory, brand, locale, proxy, extensions, arguments, shared);
        }
    }
}
