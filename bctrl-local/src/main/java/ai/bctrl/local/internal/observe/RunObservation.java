package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.store.NewEvent;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes events of one run out of CDP messages of several conversations with its browser. Thread-safe. */
final class RunObservation {

    private static final Set<String> DOMAINS = Set.of("Page", "Network", "Runtime", "Log");

    private static final Set<String> EVENTS = Set.of(
            "Target.attachedToTarget",
            "Target.detachedFromTarget",
            "Target.targetCreated",
            "Target.targetInfoChanged",
            "Target.targetDestroyed",
            "Target.targetCrashed",
            "Inspector.targetCrashed",
            "Page.frameNavigated",
            "Page.navigatedWithinDocument",
            "Page.loadEventFired",
            "Page.javascriptDialogOpening",
            "Page.javascriptDialogClosed",
            "Page.downloadWillBegin",
            "Page.downloadProgress",
            "Browser.downloadWillBegin",
            "Browser.downloadProgress",
            "Network.requestWillBeSent",
            "Network.requestServedFromCache",
            "Network.responseReceived",
            "Network.loadingFailed",
            "Network.webSocketCreated",
            "Network.webSocketHandshakeResponseReceived",
            "Network.webSocketFrameSent",
            "Network.webSocketFrameReceived",
            "Network.webSocketFrameError",
            "Network.webSocketClosed",
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Log.entryAdded");

    private final RunLog log;
    private final TargetEvents targets;
    private final NetworkEvents network;
    private final PageEvents pages;
    private final ConsoleEvents console;
    private final DownloadEvents downloads;
    private final CommandEvents commands;
    private final Set<Feed> controllers = new HashSet<>();
    private final AtomicLong heard = new AtomicLong();
    private boolean sealed;

    RunObservation(String runId, String runtimeId, Consumer<NewEvent> sink, DownloadSink kept) {
        log = new RunLog(runId, runtimeId, sink);
        targets = new TargetEvents(log);
        network = new NetworkEvents(log, targets);
        pages = new PageEvents(log, targets);
        console = new ConsoleEvents(log, targets);
        downloads = new DownloadEvents(log, targets, kept);
        commands = new CommandEvents(log, targets, downloads);
    }

    /** Whether an event of the browser has to be read. */
    static boolean matters(String method) {
        return EVENTS.contains(method);
    }

    /** What the answer to a command of a feed is wanted for; null where it is not. */
    synchronized @Nullable Command unanswered(Feed feed, long id) {
        return feed.unanswered.get(id);
    }

    /** A controller has sent a command. */
    synchronized void command(Feed feed, Instant time, JsonObject message) {
        String method = Fields.text(message, "method");
        Session session = feed.session(Fields.text(message, "sessionId"));
        heard.incrementAndGet();
        if (sealed || method == null || session == null) {
            return;
        }
        controllers.add(feed);
        commands.begun(
                new Moment(session, time), Fields.whole(message, "id", -1), method, Fields.object(message, "params"));
    }

    /**
     * The browser has answered.
     *
     * @param message null where the answer's content does not matter
     */
    synchronized void answer(Feed feed, Instant time, long id, @Nullable JsonObject message) {
        heard.incrementAndGet();
        if (!sealed) {
            commands.answered(new Moment(feed.root, time), id, message);
        }
    }

    /** The browser tells something by itself. */
    synchronized void event(Feed feed, Instant time, String method, @Nullable String sessionId, JsonObject params) {
        heard.incrementAndGet();
        Session session = feed.session(sessionId);
        if (sealed || session == null) {
            return;
        }
        String domain = method.substring(0, Math.max(0, method.indexOf('.')));
        if (DOMAINS.contains(domain)) {
            session.enabled.add(domain);
        }
        Moment at = new Moment(session, time);
        switch (method) {
            case "Target.attachedToTarget" -> targets.attached(at, params);
            case "Target.detachedFromTarget" -> targets.detached(at, params);
            case "Target.targetCreated" -> targets.created(at, params, feed.isOwn() && isControlled());
            case "Target.targetInfoChanged" -> targets.changed(at, params, !isControlled());
            case "Target.targetDestroyed" -> targets.destroyed(at, Fields.text(params, "targetId", ""));
            case "Target.targetCrashed" -> targets.crashed(at, targets.find(Fields.text(params, "targetId", "")));
            case "Inspector.targetCrashed" -> targets.crashed(at, at.target());
            case "Page.frameNavigated" -> pages.navigated(at, params);
            case "Page.navigatedWithinDocument" -> pages.navigatedWithin(at, params);
            case "Page.loadEventFired" -> pages.loaded(at, params);
            case "Page.javascriptDialogOpening" -> pages.dialogOpened(at, params);
            case "Page.javascriptDialogClosed" -> pages.dialogClosed(at, params);
            case "Page.downloadWillBegin", "Browser.downloadWillBegin" -> downloads.begun(at, params);
            case "Page.downloadProgress", "Browser.downloadProgress" -> downloads.progressed(at, params);
            case "Network.requestWillBeSent" -> network.sent(at, params);
            case "Network.requestServedFromCache" -> network.servedFromCache(params);
            case "Network.responseReceived" -> network.answered(at, params);
            case "Network.loadingFailed" -> network.failed(at, params);
            case "Network.webSocketCreated" -> network.socketCreated(params);
            case "Network.webSocketHandshakeResponseReceived" -> network.socketAnswered(at, params);
            case "Network.webSocketFrameSent" -> network.socketFrame(at, params, false);
            case "Network.webSocketFrameReceived" -> network.socketFrame(at, params, true);
            case "Network.webSocketFrameError" -> network.socketFailed(at, params);
            case "Network.webSocketClosed" -> network.socketClosed(at, params);
            case "Runtime.consoleAPICalled" -> console.called(at, params);
            case "Runtime.exceptionThrown" -> console.thrown(at, params);
            case "Log.entryAdded" -> console.logged(at, params);
            default -> {
                // Tells nothing that the record holds.
            }
        }
    }

    /** Something was not understood in time. */
    synchronized void gap(Feed feed, Instant time, EventData data) {
        if (!sealed) {
            log.addGap(new Moment(feed.root, time), data);
        }
    }

    /** A conversation is over. */
    synchronized void ended(Feed feed, Instant time) {
        heard.incrementAndGet();
        controllers.remove(feed);
        if (!sealed) {
            Moment at = new Moment(feed.root, time);
            commands.ended(at);
            targets.ended(at);
        }
    }

    /** How much was heard until now; the same as before where nothing was. */
    long heard() {
        return heard.get();
    }

    /** The run ends: nothing is told from now on. */
    synchronized void seal() {
        sealed = true;
    }

    /** Tells what our own session knows for some time and no controller's session has told. */
    synchronized void catchUp(Feed feed, Instant time, Duration patience) {
        if (!sealed) {
            targets.catchUp(new Moment(feed.root, time), patience);
        }
    }

    /** Whether no controller listens to a page of ours and could answer its dialogs. */
    synchronized boolean isAloneOn(Feed feed, String sessionId) {
        Session session = feed.session(sessionId);
        return session != null && session.target != null && !session.target.isCovered("Page");
    }

    /** A session of ours tells no more events of a domain. */
    synchronized void muted(Feed feed, String sessionId, String domain) {
        Session session = feed.session(sessionId);
        if (session != null) {
            session.enabled.remove(domain);
        }
    }

    /** Whether a controller is attached that hears of all pages by itself. */
    private boolean isControlled() {
        return controllers.stream().anyMatch(feed -> feed.attachesToAll);
    }

    /**
     * What a page has nobody listen to.
     *
     * @param target id of the page
     * @param missing domains of which nobody tells the events but us, or nobody
     * @param tapped whether a controller is attached to the page
     */
    record Unheard(String target, Set<String> missing, boolean tapped) {}

    /** The pages, with what a controller has not switched on there. */
    synchronized List<Unheard> unheard() {
        List<Unheard> found = new ArrayList<>();
        for (Target target : targets.all()) {
            if (!sealed && target.isPage() && target.opened) {
                Set<String> missing = new HashSet<>(DOMAINS);
                missing.removeIf(target::isCovered);
                found.add(new Unheard(target.id, missing, target.isTapped()));
            }
        }
        return found;
    }
}
