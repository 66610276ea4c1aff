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
    /** Browsers come from leases: the driver shall not fetch any. */
    private static final Map<String, String> ENVIRONMENT = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private final Playwright playwright;
    private final AtomicBoolean cut = new AtomicBoolean();

    private PlaywrightDriver(Playwright playwright) {
        this.playwright = playwright;
    }

    static PlaywrightDriver start() {
        DriverCache.use();
        ArtifactsDirectory.sweep(Path.of(System.getProperty("java.io.tmpdir")));
        return new PlaywrightDriver(Playwright.create(new Playwright.CreateOptions().setEnv(ENVIRONMENT)));
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
            playwright.close();
        }
    }

    /** {@return whether the failure says that the process, not the browser, is gone} */
    static boolean isGone(PlaywrightException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Playwright connection closed") || message.contains("pipe closed");
    }
}
