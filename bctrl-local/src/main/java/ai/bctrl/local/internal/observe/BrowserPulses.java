package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.ProcessState;
import ai.bctrl.local.internal.service.AttendedTime;
import ai.bctrl.local.internal.service.EarlyEnd;
import ai.bctrl.local.internal.service.LiveBrowser;
import ai.bctrl.local.internal.service.LiveJournal;
import ai.bctrl.local.internal.service.RunWatcher;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.TimeTexts;
import ai.bctrl.local.internal.service.Workers;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks each browser about once a second for a sign of life, on a connection of its own, and ends those that give none. A
 * browser whose process is stopped is ended at once; one that is only slow gets more time. What counts is the time in which
 * this process itself got its turns, so that a busy machine is no reason to end browsers. Thread-safe. Whoever made it closes
 * it.
 */
public final class BrowserPulses implements RunWatcher, AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Duration limit;
    private final CdpClients clients;
    private final Runtimes runtimes;
    private final LiveJournal journal;
    private final Workers workers;
    private final AttendedTime time = new AttendedTime(LOOK.multipliedBy(2), System.nanoTime());
    private final Map<String, Asked> browsers = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledFuture<?> looks;

    /** One browser that is asked. */
    private static final class Asked {
        private final LiveBrowser browser;
        private final Pulse pulse;
        private @Nullable CdpClient client;
        private boolean over;

        Asked(LiveBrowser browser, Pulse pulse) {
            this.browser = browser;
            this.pulse = pulse;
        }

        synchronized @Nullable CdpClient client() {
            return client;
        }

        /** Keeps the connection unless it came too late. */
        synchronized boolean keep(CdpClient opened) {
            client = over ? null : opened;
            return !over;
        }

        synchronized void lost() {
            client = null;
        }

        void end() {
            CdpClient open;
            synchronized (this) {
                over = true;
                open = client;
                client = null;
            }
            if (open != null) {
                open.close();
            }
        }
    }

    /**
     * Asks no browser before it is told of runs.
     *
     * @param limit how long a browser may be silent that is not stopped
     */
    public BrowserPulses(Duration limit, CdpClients clients, Runtimes runtimes, LiveJournal journal, Workers workers) {
        this.limit = limit;
        this.clients = clients;
        this.runtimes = runtimes;
        this.journal = journal;
        this.workers = workers;
        this.looks = workers.clock()
                .scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void started(LiveBrowser browser) {
        browsers.put(browser.runId(), new Asked(browser, new Pulse(limit, time.look(System.nanoTime()))));
    }

    /** The file system is asked in between, which may take a moment: not on the clock's thread. */
    private void look() {
        if (browsers.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.quick().execute(() -> {
                try {
                    Duration now = time.look(System.nanoTime());
                    browsers.values().forEach(asked -> look(asked, now));
                } finally {
                    looking.set(false);
                }
            });
        } catch (RejectedExecutionException closing) {
            // All browsers are being ended.
        }
    }

    private void look(Asked asked, Duration now) {
        switch (asked.pulse.step(now)) {
            case ASK -> ask(asked);
            case LOOK -> {
                lookAt(asked, now, false);
                if (asked.pulse.mustAskAgain()) {
                    ask(asked);
                }
            }
            case GIVE_UP -> lookAt(asked, now, true);
            case WAIT -> {}
        }
    }

    private void ask(Asked asked) {
        CdpClient open = asked.client();
        if (open != null) {
            ask(asked, open);
            return;
        }
        // A browser that takes no connection does not answer either.
        var unused = clients.open(asked.browser.browser().devTools(), (method, session, params) -> {})
                .whenComplete((opened, failure) -> {
                    if (opened == null) {
                        asked.pulse.failed();
                    } else if (asked.keep(opened)) {
                        ask(asked, opened);
                    } else {
                        opened.close();
                    }
                });
    }

    private void ask(Asked asked, CdpClient open) {
        var unused = open.send("Browser.getVersion", new JsonObject(), null, limit.plus(limit))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        answered(asked);
                    } else {
                        asked.lost();
                        open.close();
                        asked.pulse.failed();
                    }
                });
    }

    private void answered(Asked asked) {
        Duration now = time.look(System.nanoTime());
        Duration silence = asked.pulse.silence(now);
        if (asked.pulse.answered(now)) {
            tell(asked, "runtime.responsive", silence, null);
        }
    }

    private void lookAt(Asked asked, Duration now, boolean patienceIsOver) {
        ProcessState state = ProcessState.of(asked.browser.browser().pid());
        String silent = "the browser does not answer: ";
        if (state == ProcessState.STOPPED) {
            end(asked, silent + "its process is stopped");
        } else if (state == ProcessState.ENDED) {
            end(asked, silent + "its process has ended");
        } else if (patienceIsOver) {
            end(asked, silent + "it was silent for " + TimeTexts.of(limit) + " (silenceTimeout)");
        } else if (asked.pulse.becomesUnresponsive()) {
            tell(asked, "runtime.unresponsive", asked.pulse.silence(now), state);
        }
    }

    private void end(Asked asked, String reason) {
        // A full queue is no matter: the next look asks again.
        var unused = runtimes.endSoon(
                asked.browser,
                EarlyEnd.failed(
                        "silent",
                        reason + BrowserExit.sharing(asked.browser.browser().neighbours())));
    }

    private void tell(Asked asked, String type, Duration silence, @Nullable ProcessState state) {
        JsonObject data = new JsonObject();
        data.addProperty("silentMs", silence.toMillis());
        if (state != null && state != ProcessState.UNKNOWN) {
            data.addProperty("process", state.name().toLowerCase(Locale.ROOT));
        }
        journal.writeOfRuntime(asked.browser, type, data);
    }

    @Override
    public void ending(LiveBrowser browser) {
        Asked asked = browsers.remove(browser.runId());
        if (asked != null) {
            asked.end();
        }
    }

    @Override
    public void ended(LiveBrowser browser) {
        // Nobody is asked any more.
    }

    /** Asks no more. */
    @Override
    public void close() {
        looks.cancel(false);
        browsers.values().forEach(Asked::end);
        browsers.clear();
    }
}
