package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the browser to start. In order: the option, the environment variable {@code BCTRL_CHROMIUM}, and then, each on
 * {@code PATH} or where its installer puts it: {@code chromium-headless-shell} (headless runtimes without extensions
 * only), Chromium, Google Chrome, Microsoft Edge, the newest browser in Playwright's cache. Thread-safe.
 */
public final class ChromiumDiscovery {

    /** The environment variable that names the browser's binary. */
    public static final String VARIABLE = "BCTRL_CHROMIUM";

    /** The kinds of browsers that speak CDP. */
    public enum Kind {
        /** Chromium without a user interface: starts in a third of the time. */
        HEADLESS_SHELL("Chromium headless shell"),
        /** Chromium. */
        CHROMIUM("Chromium"),
        /** Google Chrome. */
        CHROME("Google Chrome"),
        /** Microsoft Edge. */
        EDGE("Microsoft Edge");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** The name people know. */
        public String title() {
            return title;
        }
    }

    /**
     * A browser of this machine. Immutable.
     *
     * @param path its binary
     * @param kind what it is
     */
    public record Found(Path path, Kind kind) {

        /**
         * Asks the binary for its version.
         *
         * @param deadline how long it may take
         * @return what {@code --version} prints; null where it fails or takes too long
         */
        public @Nullable String version(Duration deadline) {
            return askVersion(path, deadline);
        }
    }

    private final HostEnvironment host;
    private final @Nullable Path binary;
    private final BrowserLocations locations;

    /**
     * Looks on this machine.
     *
     * @param binary the only browser to use; null for the search
     */
    public ChromiumDiscovery(@Nullable Path binary) {
        this(binary, HostEnvironment.current());
    }

    ChromiumDiscovery(@Nullable Path binary, HostEnvironment host) {
        this.binary = binary;
        this.host = host;
        this.locations = new BrowserLocations(host);
    }

    /** Every browser that is there, best first. A browser named by option or environment variable stands alone. */
    public List<Found> all() {
        Found named = named();
        return named != null
                ? List.of(named)
                : locations.candidates().stream()
                        .filter(found -> HostEnvironment.isProgram(found.path()))
                        .toList();
    }

    /**
     * The browser for a request.
     *
     * @throws BrowserStartException if the named browser is unusable or none fits; the message says what was looked at
     */
    public Found find(LaunchRequest request) {
        Found named = named();
        if (named != null) {
            return checked(named, request);
        }
        Predicate<Found> fits = found -> fits(found.kind(), request);
        List<Found> candidates = locations.candidates().stream().filter(fits).toList();
        for (Found found : candidates) {
            if (HostEnvironment.isProgram(found.path())) {
                return found;
            }
        }
        throw new BrowserStartException(nothingFound(request, candidates));
    }

    private static boolean fits(Kind kind, LaunchRequest request) {
        if (request.brand() != null) {
            return kind == kindOf(request.brand());
        }
        boolean extensions = !request.extensions().isEmpty();
        return switch (kind) {
            case HEADLESS_SHELL -> request.headless() && !extensions;
            case CHROMIUM -> true;
            // Branded builds ignore --load-extension since version 137.
            case CHROME, EDGE -> !extensions;
        };
    }

    private static Kind kindOf(BrowserBrand brand) {
        return brand == BrowserBrand.EDGE ? Kind.EDGE : Kind.CHROME;
    }

    private @Nullable Found named() {
        if (binary != null) {
            return usable(binary, "The option 'binary'");
        }
        String variable = host.variable(VARIABLE);
        return variable == null ? null : usable(Path.of(variable), "The environment variable " + VARIABLE);
    }

    private Found usable(Path path, String origin) {
        Path real = locations.unwrapped(path.toAbsolutePath());
        String problem = !Files.exists(real)
                ? "which does not exist"
                : Files.isDirectory(real)
                        ? "which is a directory"
                        : !Files.isExecutable(real) ? "which is not executable" : null;
        if (problem != null) {
            throw new BrowserStartException(origin + " names " + path + ", " + problem
                    + ". Let it name a Chromium binary, or leave it out to have one found.");
        }
        return new Found(real, kind(real));
    }

    private static Kind kind(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.contains("headless-shell") || name.contains("headless_shell")) {
            return Kind.HEADLESS_SHELL;
        }
        if (name.contains("edge")) {
            return Kind.EDGE;
        }
        String whole = path.toString().toLowerCase(Locale.ROOT);
        return name.contains("chrome") && !whole.contains("chromium") ? Kind.CHROME : Kind.CHROMIUM;
    }

    private static Found checked(Found named, LaunchRequest request) {
        if (request.brand() != null && named.kind() != kindOf(request.brand())) {
            throw new BrowserStartException("The runtime asks for "
                    + request.brand().title() + " but this control plane" + " is told to start " + named.path()
                    + ", which looks like " + named.kind().title() + ".");
        }
        if (named.kind() == Kind.HEADLESS_SHELL && !request.extensions().isEmpty()) {
            throw new BrowserStartException("Extensions need full Chromium, but this control plane is told to start "
                    + named.path() + ", a headless shell.");
        }
        if (named.kind() == Kind.HEADLESS_SHELL && !request.headless()) {
            throw new BrowserStartException(
                    "A browser with a window needs full Chromium, but this control plane is told" + " to start "
                            + named.path() + ", a headless shell.");
        }
        return named;
    }

    private static String nothingFound(LaunchRequest request, List<Found> candidates) {
        String what = request.brand() != null
                ? request.brand().title() + " is not installed"
                : !request.extensions().isEmpty()
                        ? "No Chromium found that can load extensions (the headless shell and branded builds cannot)"
                        : request.headless() ? "No Chromium found" : "No Chromium with a user interface found";
        String tried = candidates.stream()
                .map(found -> "\n  " + found.path())
                .distinct()
                .collect(Collectors.joining());
        return what + ". Install one (Debian: apt-get install chromium"
                + (request.headless() && request.extensions().isEmpty() ? " chromium-headless-shell" : "")
                + "; or npx playwright install chromium), or let " + VARIABLE + " name a binary. Looked at:" + tried;
    }

    private static @Nullable String askVersion(Path path, Duration deadline) {
        Process process;
        try {
            process = new ProcessBuilder(path.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            return null;
        }
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            // One short line fits the pipe, so the process can end before anybody reads.
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                return null;
            }
            String text = new String(output.readNBytes(1000), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
            tree.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
