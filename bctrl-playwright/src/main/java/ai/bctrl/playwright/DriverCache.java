package ai.bctrl.playwright;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.jar.DriverJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Playwright's driver unpacked, one directory for each version. By itself Playwright unpacks its 130 MB anew in each
 * JVM, which takes a second, and a JVM that is killed leaves them behind.
 */
final class DriverCache {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.playwright");
    private static final String DIRECTORY_PROPERTY = "playwright.cli.dir";

    private final Path root;

    DriverCache(Path root) {
        this.root = root;
    }

    /** Points Playwright at the cache, unless somebody chose a driver already. Never fails: there is always its own way. */
    static void use() {
        if (System.getProperty(DIRECTORY_PROPERTY) != null
                || System.getProperty("playwright.driver.impl") != null
                || System.getProperty("playwright.nodejs.path") != null
                || System.getenv("PLAYWRIGHT_DRIVER_DIR") != null
                || System.getenv("PLAYWRIGHT_NODEJS_PATH") != null) {
            return;
        }
        try {
            Path driver =
                    new DriverCache(defaultRoot(System.getenv(), Path.of(System.getProperty("user.home")))).driver();
            if (driver != null) {
                System.setProperty(DIRECTORY_PROPERTY, driver.toString());
            }
        } catch (IOException | URISyntaxException | RuntimeException failure) {
            LOG.log(System.Logger.Level.DEBUG, "the driver of Playwright is not cached", failure);
        }
    }

    /** {@return where caches are kept on this system} */
    static Path defaultRoot(Map<String, String> environment, Path home) {
        String chosen = environment.get("BCTRL_CACHE");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen);
        }
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String localAppData = environment.get("LOCALAPPDATA");
        String xdg = environment.get("XDG_CACHE_HOME");
        Path parent = home.resolve(".cache");
        if (os.contains("win") && localAppData != null) {
            parent = Path.of(localAppData);
        } else if (os.contains("mac")) {
            parent = home.resolve("Library").resolve("Caches");
        } else if (xdg != null && !xdg.isBlank()) {
            parent = Path.of(xdg);
        }
        return parent.resolve("bctrl");
    }

    /** {@return the unpacked driver, or null if this Playwright does not tell its version} */
    @Nullable
    Path driver() throws IOException, URISyntaxException {
        String version = Playwright.class.getPackage().getImplementationVersion();
        if (version == null) {
            return null;
        }
        Path driver = root.resolve("playwright-driver-" + version + "-"
                + System.getProperty("os.name").replaceAll("[^A-Za-z0-9]+", "-") + "-" + System.getProperty("os.arch"));
        // Unpacking shares the open jar with every other thread of this JVM.
        synchronized (DriverCache.class) {
            if (!isWhole(driver)) {
                delete(driver);
                unpack(driver);
            }
        }
        return driver;
    }

    /** Several JVMs may do this at once: each unpacks for itself, and the first one's directory stays. */
    private void unpack(Path driver) throws IOException, URISyntaxException {
        Files.createDirectories(root);
        Path fresh = Files.createTempDirectory(root, "unpacking-");
        try {
            DriverJar.installDriverTo(fresh);
            Files.createFile(fresh.resolve("whole"));
            Files.move(fresh, driver);
        } catch (IOException failure) {
            delete(fresh);
            if (!isWhole(driver)) {
                throw failure;
            }
        } catch (URISyntaxException | RuntimeException failure) {
            delete(fresh);
            throw failure;
        }
    }

    private static boolean isWhole(Path driver) {
        return Files.exists(driver.resolve("whole"))
                && Files.exists(driver.resolve("package").resolve("cli.js"));
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
