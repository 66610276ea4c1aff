package ai.bctrl.playwright;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A driver process of Playwright. Serves one session at a time, whose thread alone calls it; only {@link #cut()} may be
 * called from another one.
 */
final class PlaywrightDriver {
    private final Playwright playwright;
    private final AtomicBoolean cut = new AtomicBoolean();

    private PlaywrightDriver(Playwright playwright) {
        this.playwright = playwright;
    }

    static PlaywrightDriver start() {
        DriverCache.use();
        ArtifactsDirectory.sweep(Path.of(System.getProperty("java.io.tmpdir")));
        Path temporary = DriverDirectory.ofThisJvm().enter();
        boolean started = false;
        try {
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment(temporary)));
            started = true;
            return new PlaywrightDriver(playwright);
        } finally {
            if (!started) {
                DriverDirectory.ofThisJvm().leave();
            }
        }
    }

    private static Map<String, String> environment(Path temporary) {
        String path = temporary.toString();
        // Browsers come from leases: the driver shall not fetch any.
        return Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "TMPDIR", path, "TEMP", path, "TMP", path);
    }

    Playwright playwright() {
        return playwright;
    }

    boolean isCut() {
        return cut.get();
    }

    /** Ends the process; a call that waits for it fails. */
    void cut() {
        if (cut.compareAndSet(false, true)) {
            try {
                playwright.close();
            } finally {
                DriverDirectory.ofThisJvm().leave();
            }
        }
    }

    /** {@return whether the failure says that the process, not the browser, is gone} */
    static boolean isGone(PlaywrightException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Playwright connection closed") || message.contains("pipe closed");
    }
}
