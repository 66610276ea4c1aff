package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.cdp.CdpClient;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one tab, for all who watch it. Chromium makes the next picture when the fastest viewer has taken the last
 * one, and none while the page rests. Guarded by the lock of its run.
 */
final class TabCast {

    /** Chromium drops pictures while two are under way, so that the last one may never come. */
    private static final int CHROMIUM_LIMIT = 2;

    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration ADAPT = Duration.ofSeconds(3);
    private static final double SLOW_MILLIS = 250;
    private static final double FAST_MILLIS = 70;

    private final Tab tab;
    private final CdpClient cdp;
    private final Object lock;
    private final ScheduledExecutorService clock;
    private final Runnable onFrame;
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private @Nullable String session;
    private @Nullable CastSettings running;
    private @Nullable Frame last;
    private @Nullable ScheduledFuture<?> refresh;
    private PageState state = PageState.CONNECTING;
    private boolean closed;
    private boolean dropped;
    private int frames;
    private int level;
    private long adapted = System.nanoTime();

    /** A picture that Chromium was not told to have arrived. */
    private record UnderWay(int frame, int acknowledgement) {}

    TabCast(Tab tab, CdpClient cdp, Object lock, ScheduledExecutorService clock, Runnable onFrame) {
        this.tab = tab;
        this.cdp = cdp;
        this.lock = lock;
        this.clock = clock;
        this.onFrame = onFrame;
    }

    Tab tab() {
        return tab;
    }

    PageState state() {
        return tab.isCrashed() ? PageState.CRASHED : state;
    }

    /** The session whose events belong here; null until the tab is attached. */
    @Nullable
    String session() {
        return session;
    }

    boolean hasViewers() {
        return !viewers.isEmpty();
    }

    boolean maySomebodySteer() {
        return viewers.stream().anyMatch(Viewer::maySteer);
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
        viewer.send(Messages.state(state()));
        Frame newest = last;
        if (newest != null && viewer.isVisible()) {
            viewer.offer(newest);
        }
        if (viewers.size() == 1 && session == null) {
            attach();
        }
        adjust();
    }

    void remove(Viewer viewer) {
        if (viewers.remove(viewer)) {
            if (viewers.isEmpty()) {
                close();
            } else {
                // It may have been the one that all waited for.
                acknowledge(frames);
                adjust();
            }
        }
    }

    private void attach() {
        JsonObject params = new JsonObject();
        params.addProperty("targetId", tab.targetId());
        params.addProperty("flatten", true);
        var unused = cdp.send("Target.attachToTarget", params).whenComplete((answer, failure) -> {
            synchronized (lock) {
                if (failure == null) {
                    attached(answer.get("sessionId").getAsString());
                }
            }
        });
    }

    private void attached(String sessionId) {
        session = sessionId;
        if (closed) {
            detach(sessionId);
            return;
        }
        // For dialogs.
        ignore(send("Page.enable", new JsonObject()));
        ignore(send("Inspector.enable", new JsonObject()));
        adjust();
    }

    private void detach(String sessionId) {
        JsonObject params = new JsonObject();
        params.addProperty("sessionId", sessionId);
        ignore(cdp.send("Target.detachFromTarget", params));
    }

    /** Ends the pictures; the tab itself stays. */
    void close() {
        closed = true;
        viewers.clear();
        cancelRefresh();
        if (session != null) {
            detach(session);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Sends a command to the tab; fails where it is not attached. */
    CompletableFuture<JsonObject> send(String method, JsonObject params) {
        return session == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the tab is not attached yet"))
                : cdp.send(method, params, session);
    }

    private static void ignore(CompletableFuture<JsonObject> answer) {
        var unused = answer.exceptionally(failure -> new JsonObject());
    }

    /** A viewer's stage has another size, or is not looked at, or again. */
    void stage(Viewer viewer, int width, int height, boolean visible) {
        boolean back = visible && !viewer.isVisible();
        viewer.stage(width, height, visible);
        if (!visible) {
            acknowledge(frames);
        }
        adjust();
        Frame newest = last;
        if (back && newest != null) {
            viewer.watch(this);
            viewer.offer(newest);
        }
    }

    /** Starts, restarts or stops the pictures, as the viewers are now. */
    void adjust() {
        if (session == null || closed) {
            return;
        }
        CastSettings wanted = wanted();
        if (wanted == null ? running == null : wanted.equals(running)) {
            return;
        }
        restart(wanted);
    }

    private void restart(@Nullable CastSettings wanted) {
        cancelRefresh();
        dropped = false;
        underWay.clear();
        if (running != null) {
            ignore(send("Page.stopScreencast", new JsonObject()));
        }
        running = wanted;
        if (wanted != null) {
            ignore(send("Page.startScreencast", wanted.toParams()));
        }
    }

    private @Nullable CastSettings wanted() {
        int width = 0;
        int height = 0;
        for (Viewer viewer : viewers) {
            if (viewer.isVisible()) {
                width = Math.max(width, viewer.width());
                height = Math.max(height, viewer.height());
            }
        }
        return width == 0 ? null : CastSettings.of(width, height, level);
    }

    /** Takes an event of the tab's session. */
    void event(String method, JsonObject params) {
        switch (method) {
            case "Page.screencastFrame" -> frame(params);
            case "Page.javascriptDialogOpening" -> state(PageState.dialog(params));
            case "Page.javascriptDialogClosed" -> state(PageState.LIVE);
            // What is left of a crashed page may still be painted: only this says that it is back.
            case "Inspector.targetReloadedAfterCrash" -> {
                tab.crashed(false);
                state(PageState.LIVE);
                restart(running);
            }
            case "Inspector.targetCrashed" -> {
                tab.crashed(true);
                crashed();
            }
            default -> {}
        }
    }

    private void frame(JsonObject params) {
        CastSettings settings = running;
        if (settings == null || closed) {
            return;
        }
        JsonObject metadata = params.getAsJsonObject("metadata");
        frames++;
        Frame frame = Frame.of(
                tab.number(),
                frames,
                number(metadata, "timestamp") * 1000,
                (int) Math.round(number(metadata, "deviceWidth")),
                (int) Math.round(number(metadata, "deviceHeight")),
                (float) number(metadata, "pageScaleFactor"),
                Base64.getDecoder().decode(params.get("data").getAsString()));
        last = frame;
        underWay.add(new UnderWay(frames, params.get("sessionId").getAsInt()));
        dropped |= underWay.size() >= CHROMIUM_LIMIT;
        cancelRefresh();
        onFrame.run();
        if (state.equals(PageState.CONNECTING)) {
            tab.crashed(false);
            state(PageState.LIVE);
        }
        for (Viewer viewer : viewers) {
            if (viewer.isVisible()) {
                viewer.offer(frame);
            }
        }
    }

    private static double number(JsonObject from, String name) {
        return from.has(name) ? from.get(name).getAsDouble() : 0;
    }

    /** A viewer shows a picture. */
    void took(Viewer viewer, int frame) {
        if (viewer.took(frame)) {
            acknowledge(frame);
            adapt();
        }
    }

    private void acknowledge(int upTo) {
        for (UnderWay first = underWay.peek(); first != null && first.frame() <= upTo; first = underWay.peek()) {
            underWay.remove();
            JsonObject params = new JsonObject();
            params.addProperty("sessionId", first.acknowledgement());
            ignore(send("Page.screencastFrameAck", params));
        }
        if (dropped && underWay.isEmpty()) {
            refreshWhenQuiet();
        }
    }

    /** The last picture of a movement may have been dropped by Chromium; a new start brings it. */
    private void refreshWhenQuiet() {
        cancelRefresh();
        refresh = clock.schedule(
                () -> {
                    synchronized (lock) {
                        if (!closed && session != null && running != null && dropped) {
                            restart(running);
                        }
                    }
                },
                QUIET.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void cancelRefresh() {
        if (refresh != null) {
            refresh.cancel(false);
            refresh = null;
        }
    }

    /** Makes pictures smaller where even the fastest viewer is slow, and better where it is fast. */
    private void adapt() {
        if (System.nanoTime() - adapted < ADAPT.toNanos()) {
            return;
        }
        double fastest = viewers.stream()
                .filter(Viewer::isVisible)
                .mapToDouble(Viewer::millisPerFrame)
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
        int next = fastest > SLOW_MILLIS
                ? Math.min(CastSettings.WORST, level + 1)
                : fastest < FAST_MILLIS ? Math.max(0, level - 1) : level;
        if (next != level) {
            level = next;
            adapted = System.nanoTime();
            adjust();
        }
    }

    /** Asks the page for a sign of life, unless it is known not to give one. */
    void ping() {
        if (session == null || tab.isCrashed() || state.dialog() != null) {
            return;
        }
        JsonObject params = new JsonObject();
        params.addProperty("expression", "0");
        String asked = session;
        var unused = cdp.send("Runtime.evaluate", params, asked, PATIENCE).whenComplete((answer, failure) -> {
            synchronized (lock) {
                answered(failure == null);
            }
        });
    }

    /** Whether the page took a command in time. */
    private void answered(boolean inTime) {
        if (closed || state.dialog() != null) {
            return;
        }
        if (!inTime && state.equals(PageState.LIVE)) {
            state(PageState.UNRESPONSIVE);
        } else if (inTime && state.equals(PageState.UNRESPONSIVE)) {
            state(PageState.LIVE);
        }
    }

    /** The page's process is gone. */
    void crashed() {
        state(PageState.CRASHED);
    }

    private void state(PageState now) {
        state = now;
        String message = Messages.state(state());
        viewers.forEach(viewer -> viewer.send(message));
    }

    /** Whether a dialog keeps the page from going on. */
    boolean hasDialog() {
        return state.dialog() != null;
    }

    /** Answers the open dialog. */
    CompletableFuture<JsonObject> answerDialog(boolean accept, @Nullable String text) {
        JsonObject params = new JsonObject();
        params.addProperty("accept", accept);
        if (text != null) {
            params.addProperty("promptText", text);
        }
        return send("Page.handleJavaScriptDialog", params);
    }
}
