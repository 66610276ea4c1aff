package ai.bctrl.playwright;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of Playwright's trace viewer, a web application that comes with its driver. Thread-safe. */
public final class TraceViewerFiles {
    private TraceViewerFiles() {}

    /**
     * {@return the directory of the application, with its {@code index.html}} Any server of static files can serve it; the
     * viewer then opens what its query names, {@code index.html?trace=<address>}. The driver is unpacked into the cache first if
     * it is not there yet, which takes some seconds; nothing is downloaded.
     *
     * @throws IOException if the driver cannot be unpacked, or has no trace viewer where this version expects it
     */
    public static Path directory() throws IOException {
        DriverCache.use();
        Path driver;
        try {
            driver = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                    .driverDir();
        } catch (PlaywrightException | IllegalStateException failure) {
            throw new IOException("the driver of Playwright cannot be had: " + failure.getMessage(), failure);
        }
        Path viewer = driver.resolve("package")
                .resolve("lib")
                .resolve("vite")
                .resolve("traceViewer")
                .toAbsolutePath();
        if (!Files.isRegularFile(viewer.resolve("index.html"))) {
            throw new IOException("the driver of Playwright in " + driver + " has no trace viewer in " + viewer);
        }
        return viewer;
    }
}
