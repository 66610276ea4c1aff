package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The browsers of this process by their runtimes. Thread-safe. */
public final class LiveBrowsers {

    private final Map<String, LiveBrowser> browsers = new ConcurrentHashMap<>();
    private final Map<String, LiveBrowser> byRun = new ConcurrentHashMap<>();
    private final Grouped<LiveBrowser> byOwner = new Grouped<>();

    void add(LiveBrowser browser) {
        browsers.put(browser.runtimeId(), browser);
        byRun.put(browser.runId(), browser);
        String owner = browser.owner();
        if (owner != null) {
            byOwner.add(owner, browser);
        }
    }

    void remove(LiveBrowser browser) {
        browsers.remove(browser.runtimeId(), browser);
        byRun.remove(browser.runId(), browser);
        String owner = browser.owner();
        if (owner != null) {
            byOwner.remove(owner, browser);
        }
    }

    @Nullable
    LiveBrowser find(String runtimeId) {
        return browsers.get(runtimeId);
    }

    /** {@return the browser of an active run, or null} */
    public @Nullable LiveBrowser ofRun(String runId) {
        return byRun.get(runId);
    }

    List<LiveBrowser> ofOwner(String owner) {
        return byOwner.of(owner);
    }

    List<LiveBrowser> all() {
        return List.copyOf(browsers.values());
    }
}
