package ai.bctrl.benchmarks.workload;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The driver of Playwright that our adapter has unpacked into the user's cache. Stateless. */
final class UnpackedDriver {
    private UnpackedDriver() {}

    /** {@return its directory, or null if there is none} */
    static @Nullable String find() {
        String chosen = System.getenv("BCTRL_CACHE");
        Path cache = chosen == null ? Path.of(System.getProperty("user.home"), ".cache", "bctrl") : Path.of(chosen);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(cache, "playwright-driver-*")) {
            for (Path driver : found) {
                if (Files.exists(driver.resolve("package").resolve("cli.js"))) {
                    return driver.toString();
                }
            }
        } catch (IOException none) {
            // There is no cache yet.
        }
        return null;
    }
}
