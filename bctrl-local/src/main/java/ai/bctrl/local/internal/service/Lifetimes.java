package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends runtimes that nobody uses, and those that have lived long enough; each limit may be absent. A runtime is used while a
 * controller is attached or it is held for people, and when the API is called for it or somebody steers it in the live view.
 * Thread-safe.
 */
public final class Lifetimes implements RunWatcher {

    private static final int IDLE = 4003;
    private static final int LIFETIME = 4004;
    private static final long SHORTEST_LOOK = 50;
    private static final long LONGEST_LOOK = 10_000;

    private final @Nullable Duration idleTimeout;
    private final @Nullable Duration maxLifetime;
    private final LiveBrowsers browsers;
    private final Runtimes runtimes;
    private final CdpGate gate;
    private final Holds holds;
    private final Workers workers;
    private final Map<String, Life> lives = new ConcurrentHashMap<>();

    /** Times of {@link System#nanoTime}. */
    private static final class Life {
        private final LiveBrowser browser;
        private final long begin = System.nanoTime();
        private volatile long lastUse = begin;

        Life(LiveBrowser browser) {
            this.browser = browser;
        }
    }

    /** Creates the limits of some browsers, which are kept from then on. */
    public Lifetimes(
            @Nullable Duration idleTimeout,
            @Nullable Duration maxLifetime,
            LiveBrowsers browsers,
            Runtimes runtimes,
            CdpGate gate,
            Holds holds,
            Workers workers) {
        this.idleTimeout = idleTimeout;
        this.maxLifetime = maxLifetime;
        this.browsers = browsers;
        this.runtimes = runtimes;
        this.gate = gate;
        this.holds = holds;
        this.workers = workers;
        List<Duration> limits = new ArrayList<>();
        if (idleTimeout != null) {
            limits.add(idleTimeout);
        }
        if (maxLifetime != null) {
            limits.add(maxLifetime);
        }
        if (!limits.isEmpty()) {
            long look = Math.max(
                    SHORTEST_LOOK,
                    Math.min(LONGEST_LOOK, Collections.min(limits).toMillis() / 20));
            gate.onChange(this::used);
            var unused = workers.clock().scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
        }
    }

    /** Somebody uses a runtime, if there is one of this id. */
    public void used(String runtimeId) {
        Life life = lives.get(runtimeId);
        if (life != null) {
            life.lastUse = System.nanoTime();
        }
    }

    /** Somebody uses the runtime of a run, if it is active. */
    public void usedRun(String runId) {
        LiveBrowser browser = browsers.ofRun(runId);
        if (browser != null) {
            used(browser.runtimeId());
        }
    }

    private void look() {
        try {
            workers.quick().execute(() -> lives.values().forEach(this::look));
        } catch (RejectedExecutionException closing) {
            // All browsers are being stopped.
        }
    }

    private void look(Life life) {
        LiveBrowser browser = life.browser;
        if (isOver(maxLifetime, life.begin)) {
            end(browser, LIFETIME, "stopped because it had lived for ", maxLifetime, " (maxLifetime)");
        } else if (gate.isAttached(browser.runtimeId())
                || !holds.remaining(browser.runId()).isZero()) {
            life.lastUse = System.nanoTime();
        } else if (isOver(idleTimeout, life.lastUse)) {
            end(browser, IDLE, "stopped because it was idle for ", idleTimeout, " (idleTimeout)");
        }
    }

    private static boolean isOver(@Nullable Duration limit, long since) {
        return limit != null && System.nanoTime() - since > limit.toNanos();
    }

    private void end(LiveBrowser browser, int code, String before, @Nullable Duration limit, String after) {
        if (limit != null) {
            // A full queue is no matter: the next look asks again.
            var unused = runtimes.endSoon(
                    browser,
                    EarlyEnd.stopped(code == IDLE ? "idle" : "lifetime", code, before + TimeTexts.of(limit) + after));
        }
    }

    @Override
    public void started(LiveBrowser browser) {
        if (idleTimeout != null || maxLifetime != null) {
            lives.put(browser.runtimeId(), new Life(browser));
        }
    }

    @Override
    public void ending(LiveBrowser browser) {}

    @Override
    public void ended(LiveBrowser browser) {
        lives.remove(browser.runtimeId());
    }
}
