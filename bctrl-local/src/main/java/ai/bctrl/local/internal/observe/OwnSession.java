package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.observe.RunObservation.Unheard;
import ai.bctrl.local.internal.service.Workers;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's own conversation with the browser of a run. Thread-safe.
 *
 * <p>It hears of pages and workers that come and go. Where no controller has a page tell its events for a while it has
 * them told to itself, and stops as soon as a controller wants them. Nothing here changes what a page or a controller
 * sees; where the browser does not answer there is less to tell.
 */
final class OwnSession implements AutoCloseable {

    /** How long a page may be without a controller before we listen ourselves, in milliseconds. */
    private static final long PATIENCE = 500;

    /** The same for a page to which a controller is attached, which may be about to ask. */
    private static final long PATIENCE_WITH_CONTROLLER = 2_000;

    private static final long CHECK = 250;

    /** After so many checks since something was heard, all patience is over, and they find what the last one found. */
    private static final int MOST_CHECKS = 20;

    /** How long a controller's own word is waited for. */
    private static final Duration CONTROLLER_FIRST = Duration.ofMillis(500);

    private final RunObservation observation;
    private final InstantSource clock;
    private final Workers workers;
    private final Runnable before;
    private final Feed feed = Feed.own();
    private final Map<String, Attached> attached = new HashMap<>();
    private final Map<String, Integer> unheardFor = new HashMap<>();
    private @Nullable CdpClient client;
    private @Nullable ScheduledFuture<?> checks;
    private boolean closed;
    private long heardBefore = -1;
    private int checksSince;

    /** What we listen to on one page; the session's id comes a little later than the wish. */
    private static final class Attached {
        private @Nullable String session;
        private final Set<String> enabled = new HashSet<>();
    }

    /**
     * Creates it.
     *
     * @param before is run before an event is told, for what others have heard earlier
     */
    OwnSession(RunObservation observation, InstantSource clock, Workers workers, Runnable before) {
        this.observation = observation;
        this.clock = clock;
        this.workers = workers;
        this.before = before;
    }

    void open(CdpClients clients, URI devTools) {
        var unused = clients.open(devTools, this::heard).whenComplete((opened, failure) -> {
            if (opened != null) {
                start(opened);
            }
        });
    }

    private void start(CdpClient opened) {
        synchronized (this) {
            if (!closed) {
                client = opened;
            }
        }
        if (client != opened) {
            opened.close();
            return;
        }
        JsonObject discover = new JsonObject();
        discover.addProperty("discover", true);
        var answered = opened.send("Target.setDiscoverTargets", discover);
        var unused = answered.whenComplete((done, failure) -> {
            if (failure == null) {
                checkOften();
            }
        });
    }

    private synchronized void checkOften() {
        if (closed) {
            return;
        }
        try {
            checks =
                    workers.clock().scheduleWithFixedDelay(this::checkUnlessQuiet, CHECK, CHECK, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // Nothing is left to observe.
        }
    }

    /** Many browsers do nothing for most of their time; only the clock calls this. */
    private void checkUnlessQuiet() {
        long heard = observation.heard();
        checksSince = heard == heardBefore ? checksSince + 1 : 0;
        heardBefore = heard;
        if (checksSince >= MOST_CHECKS) {
            checksSince = MOST_CHECKS;
            return;
        }
        try {
            workers.quick().execute(this::check);
        } catch (RejectedExecutionException closing) {
            // Nothing is left to observe.
        }
    }

    private void heard(String method, @Nullable String sessionId, JsonObject params) {
        Instant now = clock.instant();
        before.run();
        observation.event(feed, now, method, sessionId, params);
        if (method.equals("Page.javascriptDialogOpening") && !Fields.flag(params, "hasBrowserHandler")) {
            dismiss(sessionId);
        }
    }

    /** Without us the browser would have closed it by itself; a controller that listens closes it. */
    private void dismiss(@Nullable String sessionId) {
        CdpClient open = client();
        if (open != null && sessionId != null && observation.isAloneOn(feed, sessionId)) {
            JsonObject params = new JsonObject();
            params.addProperty("accept", false);
            forget(open, "Page.handleJavaScriptDialog", params, sessionId);
        }
    }

    private synchronized @Nullable CdpClient client() {
        return client;
    }

    private void check() {
        observation.catchUp(feed, clock.instant(), CONTROLLER_FIRST);
        CdpClient open = client();
        if (open == null) {
            return;
        }
        Set<String> pages = new HashSet<>();
        for (Unheard page : observation.unheard()) {
            pages.add(page.target());
            check(open, page);
        }
        synchronized (this) {
            attached.keySet().retainAll(pages);
            unheardFor.keySet().retainAll(pages);
        }
    }

    private synchronized void check(CdpClient open, Unheard page) {
        Attached own = attached.get(page.target());
        if (own != null) {
            if (own.session != null) {
                adapt(open, page, own, own.session);
            }
            return;
        }
        if (page.missing().isEmpty()) {
            unheardFor.remove(page.target());
            return;
        }
        int checksWithout = unheardFor.merge(page.target(), 1, Integer::sum);
        if (checksWithout * CHECK > (page.tapped() ? PATIENCE_WITH_CONTROLLER : PATIENCE)) {
            attach(open, page);
        }
    }

    private void attach(CdpClient open, Unheard page) {
        Attached own = new Attached();
        attached.put(page.target(), own);
        JsonObject params = new JsonObject();
        params.addProperty("targetId", page.target());
        params.addProperty("flatten", true);
        var unused = open.send("Target.attachToTarget", params).whenComplete((result, failure) -> {
            if (result != null) {
                attached(open, page, own, Fields.text(result, "sessionId", ""));
            }
        });
    }

    private synchronized void attached(CdpClient open, Unheard page, Attached own, String session) {
        own.session = session;
        adapt(open, page, own, session);
    }

    /** Has told what is missing, and no more than that. */
    private void adapt(CdpClient open, Unheard page, Attached own, String session) {
        for (String domain : page.missing()) {
            if (own.enabled.add(domain)) {
                forget(open, domain + ".enable", new JsonObject(), session);
            }
        }
        for (String domain : Set.copyOf(own.enabled)) {
            if (!page.missing().contains(domain)) {
                own.enabled.remove(domain);
                observation.muted(feed, session, domain);
                forget(open, domain + ".disable", new JsonObject(), session);
            }
        }
    }

    /** Sends what needs no answer. */
    private static void forget(CdpClient open, String method, JsonObject params, String session) {
        var unused = open.send(method, params, session);
    }

    @Override
    public void close() {
        CdpClient open;
        synchronized (this) {
            closed = true;
            open = client;
            client = null;
            if (checks != null) {
                checks.cancel(false);
            }
        }
        if (open != null) {
            open.close();
        }
    }
}
