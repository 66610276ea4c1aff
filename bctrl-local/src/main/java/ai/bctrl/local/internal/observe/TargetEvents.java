package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages, workers and contexts come and go. Not thread-safe: belongs to its {@link RunObservation}.
 *
 * <p>Each is told once, by whoever hears of it first. While a controller is attached to a page, its end is told when the
 * controller hears of it: what else the controller hears of the page stands before.
 */
final class TargetEvents {

    private static final String BLANK = "about:blank";

    private final RunLog log;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, String> pagesOfFrames = new Recent<>(2_000);

    /** Contexts that a controller has created, with the feeds with which they end, if they do. */
    private final Map<String, @Nullable Feed> contexts = new HashMap<>();

    private final Set<String> openContexts = new HashSet<>();

    TargetEvents(RunLog log) {
        this.log = log;
    }

    List<Target> all() {
        return List.copyOf(targets.values());
    }

    @Nullable
    Target find(String id) {
        return targets.get(id);
    }

    void learnFrame(String frameId, @Nullable String pageId) {
        if (pageId != null) {
            pagesOfFrames.put(frameId, pageId);
        }
    }

    /** The page that a frame is part of, null where it is not known. */
    @Nullable
    Target pageOfFrame(@Nullable String frameId) {
        if (frameId == null) {
            return null;
        }
        String page = pagesOfFrames.getOrDefault(frameId, frameId);
        return targets.get(page);
    }

    void attached(Moment at, JsonObject params) {
        Target target = learn(at, Fields.object(params, "targetInfo"));
        String id = Fields.text(params, "sessionId");
        if (target == null || id == null) {
            return;
        }
        Session session = new Session(at.feed(), id, target, at.session());
        at.feed().sessions.put(id, session);
        target.sessions.add(session);
        if (target.pageId == null && at.target() != null && !target.type.equals("service_worker")) {
            target.pageId = at.target().pageId;
        }
        open(at, target);
    }

    void detached(Moment at, JsonObject params) {
        Session session = at.feed().sessions.remove(Fields.text(params, "sessionId", ""));
        if (session == null || session.target == null) {
            return;
        }
        Target target = session.target;
        target.sessions.remove(session);
        boolean isTheEnd = !session.leaving
                && !at.feed().isOwn()
                && (target.isPage()
                        || target.isDedicatedWorker()
                        || at.session().isRoot());
        if ((target.destroyed != null && !target.isTapped()) || isTheEnd) {
            close(at, target);
        }
    }

    /**
     * There is a target.
     *
     * @param attachedSoon whether a controller will be attached to it at once: then its word counts, and knows more
     */
    void created(Moment at, JsonObject params, boolean attachedSoon) {
        Target target = learn(at, Fields.object(params, "targetInfo"));
        if (target != null && attachedSoon) {
            target.announced = at.time();
        } else if (target != null) {
            open(at, target);
        }
    }

    /** What a page shows may be told by nothing else, where nobody is attached to it. */
    void changed(Moment at, JsonObject params, boolean mayBeTheOnlyWord) {
        JsonObject info = Fields.object(params, "targetInfo");
        Target target = targets.get(Fields.text(info, "targetId", ""));
        String url = Fields.text(info, "url", "");
        if (target == null || url.isEmpty()) {
            return;
        }
        boolean moved = !url.equals(target.url) && !(target.url.isEmpty() && url.equals(BLANK));
        if (mayBeTheOnlyWord && target.isPage() && moved && target.authority("Page") == null) {
            target.url = url;
            target.crashed = false;
            log.add(
                    at,
                    "page.navigated",
                    target,
                    new EventData().url("url", url).plain("frameId", target.id).flag("main", true));
        }
    }

    /** The browser says that a target is gone; the word of a controller's session may be still to come. */
    void destroyed(Moment at, String targetId) {
        Target target = targets.get(targetId);
        if (target != null) {
            target.destroyed = at.time();
            if (!target.isTapped()) {
                close(at, target);
            }
        }
    }

    /** Tells what no controller's session has told in time. */
    void catchUp(Moment at, Duration patience) {
        for (Target target : all()) {
            Instant announced = target.announced;
            if (announced != null && announced.plus(patience).isBefore(at.time())) {
                open(at, target);
            }
            Instant destroyed = target.destroyed;
            if (destroyed != null && destroyed.plus(patience).isBefore(at.time())) {
                close(at, target);
            }
        }
    }

    void crashed(Moment at, @Nullable Target target) {
        if (target != null && target.isPage() && !target.crashed) {
            target.crashed = true;
            log.add(at, "page.crash", target, new EventData().url("url", target.shown()));
        }
    }

    void contextCreated(Moment at, String contextId, boolean endsWithFeed) {
        contexts.put(contextId, endsWithFeed ? at.feed() : null);
        if (openContexts.add(contextId)) {
            log.add(at, "context.opened", null, contextId, new EventData());
        }
    }

    void contextDisposed(Moment at, String contextId) {
        if (openContexts.remove(contextId)) {
            contexts.remove(contextId);
            for (Target target : all()) {
                if (contextId.equals(target.contextId)) {
                    close(at, target);
                }
            }
            log.add(at, "context.closed", null, contextId, new EventData());
        }
    }

    /** The feed is over: its sessions are, and the contexts that were to end with it. */
    void ended(Moment at) {
        Feed feed = at.feed();
        List<String> ending = new ArrayList<>();
        contexts.forEach((context, owner) -> {
            if (owner == feed) {
                ending.add(context);
            }
        });
        ending.forEach(context -> contextDisposed(at, context));
        for (Target target : all()) {
            target.sessions.removeIf(session -> session.feed == feed);
            if (target.destroyed != null && !target.isTapped()) {
                close(at, target);
            }
        }
        feed.sessions.clear();
    }

    private @Nullable Target learn(Moment at, JsonObject info) {
        String id = Fields.text(info, "targetId");
        String type = Fields.text(info, "type", "");
        if (id == null || Fields.text(info, "subtype") != null) {
            return null;
        }
        if (!type.equals(Target.PAGE) && !type.endsWith("worker") && !type.equals("iframe")) {
            return null;
        }
        Target target = targets.computeIfAbsent(id, unknown -> new Target(unknown, type));
        if (target.contextId == null) {
            target.contextId = Fields.text(info, "browserContextId");
        }
        if (target.contextId == null && at.target() != null) {
            target.contextId = at.target().contextId;
        }
        if (target.pageId == null && target.isDedicatedWorker()) {
            Target page = pageOfFrame(Fields.text(info, "parentFrameId"));
            target.pageId = page == null ? null : page.pageId;
        }
        if (!target.opened) {
            target.url = Fields.text(info, "url", "");
            opener(target, info);
        }
        return target;
    }

    private void opener(Target target, JsonObject info) {
        String opener = Fields.text(info, "openerId");
        if (opener != null) {
            target.openerId = opener;
        }
    }

    private void open(Moment at, Target target) {
        target.announced = null;
        if (target.opened || target.closed) {
            return;
        }
        if (target.isPage()) {
            target.opened = true;
            EventData data = new EventData().url("url", target.shown()).plain("openerId", target.openerId);
            log.add(at, "page.opened", target, data);
        } else if (target.isWorker()) {
            target.opened = true;
            EventData data = new EventData()
                    .plain("workerType", target.type)
                    .url("url", target.url)
                    .plain("workerId", target.id);
            log.add(at, "worker.opened", target, data);
        }
    }

    private void close(Moment at, Target target) {
        if (target.closed) {
            return;
        }
        if (target.announced != null) {
            open(at, target);
        }
        target.closed = true;
        targets.remove(target.id);
        if (!target.opened) {
            return;
        }
        if (target.isPage()) {
            log.add(at, "page.closed", target, new EventData().url("url", target.shown()));
        } else {
            EventData data = new EventData()
                    .plain("workerType", target.type)
                    .url("url", target.url)
                    .plain("workerId", target.id);
            log.add(at, "worker.closed", target, data);
        }
    }
}
