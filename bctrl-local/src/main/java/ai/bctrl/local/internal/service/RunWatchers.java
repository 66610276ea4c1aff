package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells all watchers of the life of runs. A watcher that fails costs the run nothing. Thread-safe. */
public final class RunWatchers {

    private final List<RunWatcher> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    /** Adds a watcher, which hears of the runs that are opened from now on. */
    public void add(RunWatcher watcher) {
        watchers.add(watcher);
    }

    void started(LiveBrowser browser) {
        active.add(browser.runId());
        tell(watcher -> watcher.started(browser));
    }

    /** Returns once all have written down what they know. */
    void ending(LiveBrowser browser) {
        if (active.remove(browser.runId())) {
            tell(watcher -> watcher.ending(browser));
        }
    }

    void ended(LiveBrowser browser) {
        tell(watcher -> watcher.ended(browser));
    }

    void deleted(String runId) {
        tell(watcher -> watcher.deleted(runId));
    }

    private void tell(Consumer<RunWatcher> news) {
        for (RunWatcher watcher : watchers) {
            try {
                news.accept(watcher);
            } catch (RuntimeException | Error failed) {
                System.getLogger(RunWatchers.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "a part of the control plane that watches runs failed",
                                failed);
            }
        }
    }
}
