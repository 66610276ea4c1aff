package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The browsers of this process by their runtimes. Thread-safe. */
public final class LiveBrowsers {

    private final Map<String, LiveBrowser> browsers = new ConcurrentHashMap<>();

    void add(LiveBrowser browser) {
        browsers.put(browser.runtimeId(), browser);
    }

    void remove(LiveBrowser browser) {
        browsers.remove(browser.runtimeId(), browser);
    }

    @Nullable
    LiveBrowser find(String runtimeId) {
        return browsers.get(runtimeId);
    }

    /** {@return the browser of an active run, or null} */
    public @Nullable LiveBrowser ofRun(String runId) {
        return browsers.values().stream()
                .filter(browser -> browser.runId().equals(runId))
                .findFirst()
                .orElse(null);
    }

    List<LiveBrowser> all() {
        return List.copyOf(browsers.values());
    }
}
