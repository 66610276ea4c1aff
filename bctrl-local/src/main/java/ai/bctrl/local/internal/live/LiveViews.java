package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.CdpGate;
import ai.bctrl.local.internal.service.Holds;
import ai.bctrl.local.internal.service.Lifetimes;
import ai.bctrl.local.internal.service.LiveBrowser;
import ai.bctrl.local.internal.service.LiveBrowsers;
import ai.bctrl.local.internal.service.LiveJournal;
import ai.bctrl.local.internal.service.RunNames;
import ai.bctrl.local.internal.service.RunWatcher;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.ViewLeases;
import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import ai.bctrl.local.internal.service.Workers;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.Run;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that is watched in this control plane. Thread-safe. Whoever made it closes it. */
public final class LiveViews implements RunWatcher, AutoCloseable {

    /** What live views are made of. Immutable. */
    public record Parts(
            ViewLeases leases,
            LiveBrowsers browsers,
            Runs runs,
            Runtimes runtimes,
            CdpGate gate,
            CdpClients clients,
            Holds holds,
            Lifetimes lifetimes,
            LiveJournal journal,
            ActivityFeed activity,
            ReplayLinks replays,
            CommandLog commands,
            InstantSource clock,
            Workers workers) {}

    private static final int BEAT_SECONDS = 5;
    private static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");

    private final Parts parts;
    private final Map<String, LiveRun> runs = new ConcurrentHashMap<>();
    private final Set<ViewerSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates the live views; they hear of runs once they are added to the watchers. */
    public LiveViews(Parts parts) {
        this.parts = parts;
        parts.leases().onRevoke(this::revoked);
        parts.gate().onChange(this::controllersChanged);
        parts.holds().onChange(this::holdChanged);
    }

    /** Why the bearer of a token cannot watch; null if it can. */
    @Nullable
    ViewEnd refusal(@Nullable ViewLease lease) {
        if (lease == null) {
            return ViewEnd.unknown();
        }
        ViewLease current = parts.leases().find(ViewLeases.Kind.LIVE, lease.token());
        if (current != null && current.revoked()) {
            return ViewEnd.revoked(lease.runId());
        }
        if (!parts.leases().isValid(lease)) {
            return ViewEnd.expired(lease.runId());
        }
        LiveBrowser browser = parts.browsers().ofRun(lease.runId());
        return browser == null || !browser.isUp() ? ViewEnd.ended(lease.runId(), "", null) : null;
    }

    /** {@return the lease of a token, or null} */
    @Nullable
    ViewLease lease(String token) {
        return parts.leases().find(ViewLeases.Kind.LIVE, token);
    }

    /** Streams the run's activity until the lease or the run ends. */
    void stream(ViewLease lease, Function<ActivityFeed, ActivityStream> start) {
        ActivityStream stream = start.apply(parts.activity());
        try {
            var beats = parts.workers()
                    .clock()
                    .scheduleWithFixedDelay(() -> beat(lease, stream), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
            stream.whenOver(() -> beats.cancel(false));
        } catch (RejectedExecutionException closing) {
            stream.close();
        }
    }

    private void beat(ViewLease lease, ActivityStream stream) {
        if (refusal(lease) == null) {
            stream.beat();
        } else {
            stream.close();
        }
    }

    /**
     * Lets the bearer of a token watch, or tells why it cannot. May take a moment.
     *
     * @return null where it cannot
     */
    @Nullable
    ViewerSession enter(@Nullable ViewLease lease, String authority, ViewerSocket socket) {
        if (closed) {
            end(socket, ViewEnd.shuttingDown());
            return null;
        }
        ViewEnd refusal = refusal(lease);
        if (lease == null || refusal != null) {
            end(
                    socket,
                    refusal == null
                            ? ViewEnd.unknown()
                            : refusal.reason().equals("ended") && lease != null
                                    ? ended(lease.runId(), authority)
                                    : refusal);
            return null;
        }
        LiveBrowser browser = parts.browsers().ofRun(lease.runId());
        Viewer viewer = new Viewer(lease, authority, socket);
        LiveRun run = browser == null ? null : runs.computeIfAbsent(lease.runId(), id -> open(browser));
        if (run == null || browser == null || !run.join(viewer, hello(lease, browser)) || !browser.isUp()) {
            end(socket, ended(lease.runId(), authority));
            return null;
        }
        ViewerSession session = new ViewerSession(
                viewer,
                run,
                parts.holds(),
                parts.lifetimes(),
                parts.commands(),
                parts.journal(),
                parts.workers().clock());
        sessions.add(session);
        session.opened();
        if (lease.activity()) {
            session.follow(parts.activity());
        }
        viewer.send(hold(lease.runId()));
        endAtExpiry(session);
        return session;
    }

    private LiveRun open(LiveBrowser browser) {
        return new LiveRun(
                browser, parts.clients(), parts.workers().clock(), parts.gate().isAttached(browser.runtimeId()));
    }

    private static void end(ViewerSocket socket, ViewEnd end) {
        socket.send(Messages.end(end));
        socket.close(end.code(), end.title());
    }

    private String hello(ViewLease lease, LiveBrowser browser) {
        JsonObject hello = new JsonObject();
        hello.addProperty("control", lease.control().wireName());
        hello.addProperty("activity", lease.activity());
        hello.addProperty(
                "expiresInMs",
                Duration.between(parts.clock().instant(), lease.expiresAt()).toMillis());
        hello.addProperty("runId", lease.runId());
        hello.addProperty("browser", browser.browser().product());
        hello.addProperty("mac", MAC);
        BrowserRuntime runtime = parts.runtimes().get(browser.spaceId(), browser.runtimeId());
        hello.addProperty("name", RunNames.of(parts.runs().get(lease.runId()), runtime));
        return Messages.hello(hello);
    }

    /** Ends the session when its lease ends. */
    private void endAtExpiry(ViewerSession session) {
        ViewLease lease = session.viewer().lease();
        long millis =
                Duration.between(parts.clock().instant(), lease.expiresAt()).toMillis() + 1;
        try {
            var alarm = parts.workers()
                    .clock()
                    .schedule(
                            () -> {
                                if (parts.leases().isValid(lease)) {
                                    endAtExpiry(session);
                                } else {
                                    session.viewer().end(ViewEnd.expired(lease.runId()));
                                }
                            },
                            Math.max(20, millis),
                            TimeUnit.MILLISECONDS);
            session.whenClosed(() -> alarm.cancel(false));
        } catch (RejectedExecutionException closing) {
            // close() ends the session.
        }
    }

    /** The viewer's socket is closed. */
    void left(ViewerSession session) {
        if (sessions.remove(session)) {
            session.closed();
        }
    }

    private void revoked(ViewLease lease) {
        for (ViewerSession session : sessions) {
            if (session.viewer().lease().token().equals(lease.token())) {
                session.viewer().end(ViewEnd.revoked(lease.runId()));
            }
        }
    }

    private void controllersChanged(String runtimeId) {
        for (LiveRun run : runs.values()) {
            if (run.browser().runtimeId().equals(runtimeId)) {
                run.attached(parts.gate().isAttached(runtimeId));
            }
        }
    }

    private void holdChanged(String runId) {
        LiveRun run = runs.get(runId);
        if (run != null) {
            run.tell(hold(runId));
        }
    }

    private String hold(String runId) {
        Duration left = parts.holds().remaining(runId);
        Holds.Hold hold = parts.holds().find(runId);
        return Messages.hold(!left.isZero(), left.toMillis(), hold == null ? "" : hold.message());
    }

    @Override
    public void started(LiveBrowser browser) {}

    @Override
    public void ending(LiveBrowser browser) {
        for (ViewerSession session : sessions) {
            if (session.viewer().lease().runId().equals(browser.runId())) {
                session.ending();
            }
        }
    }

    @Override
    public void ended(LiveBrowser browser) {
        LiveRun run = runs.remove(browser.runId());
        if (run == null) {
            return;
        }
        var left = run.close();
        try {
            parts.workers()
                    .quick()
                    .execute(() -> left.forEach(viewer -> viewer.end(ended(browser.runId(), viewer.authority()))));
        } catch (RejectedExecutionException closing) {
            left.forEach(viewer -> viewer.end(ViewEnd.shuttingDown()));
        }
    }

    private ViewEnd ended(String runId, String authority) {
        String how = "";
        try {
            Run run = parts.runs().get(runId);
            how = run.extra().has("reason") ? run.extra().get("reason").getAsString() : "It has ended";
        } catch (ApiProblem removed) {
            how = "It was removed with its space";
        }
        return ViewEnd.ended(runId, how, parts.replays().replay(runId, authority));
    }

    /** Ends all watching, and says so. */
    @Override
    public void close() {
        closed = true;
        runs.values().forEach(LiveRun::close);
        runs.clear();
        sessions.forEach(session -> session.viewer().end(ViewEnd.shuttingDown()));
    }
}
