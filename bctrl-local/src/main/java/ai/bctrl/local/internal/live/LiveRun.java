package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.cdp.CdpException;
import ai.bctrl.local.internal.service.LiveBrowser;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run that is watched: its viewers, its tabs and the pictures of those that somebody looks at. Talks to the browser only
 * while there are viewers. Thread-safe.
 */
final class LiveRun {

    private static final Duration PING = Duration.ofSeconds(5);
    private static final Duration TITLES = Duration.ofMillis(300);
    private static final Duration TABS_PAUSE = Duration.ofMillis(60);

    private final LiveBrowser browser;
    private final CdpClients clients;
    private final ScheduledExecutorService clock;
    private final Object lock = new Object();
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private final Tabs tabs = new Tabs();
    private final Map<Tab, TabCast> casts = new LinkedHashMap<>();
    private @Nullable CdpClient cdp;
    private @Nullable ScheduledFuture<?> pings;
    private @Nullable ScheduledFuture<?> tabsMessage;
    private @Nullable ScheduledFuture<?> titles;
    private boolean opening;
    private boolean attached;
    private boolean over;

    LiveRun(LiveBrowser browser, CdpClients clients, ScheduledExecutorService clock, boolean attached) {
        this.browser = browser;
        this.clients = clients;
        this.clock = clock;
        this.attached = attached;
    }

    LiveBrowser browser() {
        return browser;
    }

    /**
     * Lets somebody watch.
     *
     * @param hello the first message
     * @return false where the run is over
     */
    boolean join(Viewer viewer, String hello) {
        synchronized (lock) {
            if (over) {
                return false;
            }
            viewers.add(viewer);
            viewer.send(hello);
            viewer.send(Messages.connection(attached));
            if (cdp == null) {
                viewer.send(Messages.state(PageState.CONNECTING));
                open();
            } else {
                follow(viewer);
                viewer.send(tabs(viewer));
            }
            return true;
        }
    }

    void leave(Viewer viewer) {
        synchronized (lock) {
            if (viewers.remove(viewer)) {
                look(viewer, null);
                if (viewers.isEmpty()) {
                    disconnect();
                }
            }
        }
    }

    /** Ends the watching for good; whoever watched is returned. */
    List<Viewer> close() {
        synchronized (lock) {
            over = true;
            List<Viewer> left = List.copyOf(viewers);
            viewers.clear();
            disconnect();
            return left;
        }
    }

    private void open() {
        if (opening) {
            return;
        }
        opening = true;
        var unused = clients.open(browser.browser().devTools(), this::event).whenComplete((client, failure) -> {
            synchronized (lock) {
                opening = false;
                if (failure != null) {
                    giveUp();
                } else if (over || viewers.isEmpty()) {
                    client.close();
                } else {
                    opened(client);
                }
            }
        });
    }

    private void opened(CdpClient client) {
        cdp = client;
        var unused = client.gone().thenRun(() -> {
            synchronized (lock) {
                if (cdp == client) {
                    giveUp();
                }
            }
        });
        JsonObject params = new JsonObject();
        params.addProperty("discover", true);
        var ignored = client.send("Target.setDiscoverTargets", params).whenComplete((done, failure) -> {
            synchronized (lock) {
                if (failure == null && cdp == client) {
                    tellTabs();
                }
            }
        });
        pings = clock.scheduleWithFixedDelay(this::ping, PING.toMillis(), PING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ping() {
        synchronized (lock) {
            casts.values().forEach(TabCast::ping);
            casts.keySet().forEach(this::lookAtTitle);
        }
    }

    /** The browser is not to be reached; its end, if it has ended, is told by somebody else, soon. */
    private void giveUp() {
        disconnect();
        List<Viewer> left = List.copyOf(viewers);
        var unused = clock.schedule(
                () -> left.forEach(viewer -> viewer.end(ViewEnd.unreachable(browser.runId()))), 2, TimeUnit.SECONDS);
    }

    private void disconnect() {
        casts.values().forEach(TabCast::close);
        casts.clear();
        tabs.clear();
        if (pings != null) {
            pings.cancel(false);
            pings = null;
        }
        CdpClient open = cdp;
        cdp = null;
        if (open != null) {
            open.close();
        }
    }

    private void event(String method, @Nullable String session, JsonObject params) {
        synchronized (lock) {
            if (over) {
                return;
            }
            if (session == null) {
                targetEvent(method, params);
                return;
            }
            for (TabCast cast : casts.values()) {
                if (session.equals(cast.session())) {
                    cast.event(method, params);
                    dismissForNobody(cast);
                    return;
                }
            }
        }
    }

    private void targetEvent(String method, JsonObject params) {
        if (!tabs.event(method, params)) {
            return;
        }
        casts.values().stream()
                .filter(cast ->
                        method.equals("Target.targetCrashed") && cast.tab().isCrashed())
                .forEach(TabCast::crashed);
        if (method.equals("Target.targetDestroyed") || method.equals("Target.targetCreated")) {
            viewers.forEach(this::follow);
        }
        // Titles may change with each picture; one message tells all that changed in a moment.
        if (tabsMessage == null || tabsMessage.isDone()) {
            tabsMessage = clock.schedule(this::tellTabsLater, TABS_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Chromium does not tell when a script changes a title; most do it when they paint. */
    private void lookAtTitleSoon(Tab tab) {
        if (titles == null || titles.isDone()) {
            titles = clock.schedule(() -> lookAtTitle(tab), TITLES.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookAtTitle(Tab tab) {
        synchronized (lock) {
            titles = null;
            CdpClient open = cdp;
            if (open == null) {
                return;
            }
            JsonObject params = new JsonObject();
            params.addProperty("targetId", tab.targetId());
            var unused = open.send("Target.getTargetInfo", params).whenComplete((answer, failure) -> {
                synchronized (lock) {
                    if (failure == null && cdp == open && tabs.contains(tab)) {
                        targetEvent("Target.targetInfoChanged", answer);
                    }
                }
            });
        }
    }

    private void tellTabsLater() {
        synchronized (lock) {
            tabsMessage = null;
            tellTabs();
        }
    }

    private void tellTabs() {
        for (Viewer viewer : viewers) {
            follow(viewer);
            viewer.send(tabs(viewer));
        }
    }

    private String tabs(Viewer viewer) {
        TabCast watched = viewer.watched();
        return Messages.tabs(tabs.all(), watched == null ? null : watched.tab(), viewer.chosen() == null);
    }

    /** Without us nobody would see the dialog, and the browser would go on: so it must when nobody here can answer. */
    private void dismissForNobody(TabCast cast) {
        if (cast.hasDialog() && !attached && !cast.maySomebodySteer()) {
            var unused = cast.answerDialog(false, null).exceptionally(failure -> new JsonObject());
        }
    }

    /** Has the viewer look at the tab it chose, or else at the newest. */
    private void follow(Viewer viewer) {
        Tab chosen = viewer.chosen();
        if (chosen != null && !tabs.contains(chosen)) {
            viewer.choose(null);
            chosen = null;
        }
        look(viewer, chosen == null ? tabs.newest() : chosen);
    }

    private void look(Viewer viewer, @Nullable Tab tab) {
        TabCast before = viewer.watched();
        if (before != null && before.tab() == tab && !before.isClosed()) {
            return;
        }
        TabCast next = null;
        CdpClient open = cdp;
        if (tab != null && open != null) {
            next = casts.computeIfAbsent(
                    tab, added -> new TabCast(added, open, lock, clock, () -> lookAtTitleSoon(added)));
        }
        viewer.watch(next);
        if (next != null) {
            next.add(viewer);
        } else {
            viewer.send(Messages.state(PageState.NO_PAGE));
        }
        if (before != null) {
            before.remove(viewer);
            if (!before.hasViewers()) {
                before.close();
                casts.remove(before.tab(), before);
            }
        }
    }

    /** A controller came or went. */
    void attached(boolean now) {
        synchronized (lock) {
            attached = now;
            viewers.forEach(viewer -> viewer.send(Messages.connection(now)));
            casts.values().forEach(this::dismissForNobody);
        }
    }

    /** Tells all viewers. */
    void tell(String message) {
        synchronized (lock) {
            viewers.forEach(viewer -> viewer.send(message));
        }
    }

    /** {@return those who watch} */
    List<Viewer> viewers() {
        synchronized (lock) {
            return List.copyOf(viewers);
        }
    }

    /** The viewer shows a picture. */
    void took(Viewer viewer, int tab, int frame) {
        synchronized (lock) {
            TabCast cast = viewer.watched();
            if (cast != null && cast.tab().number() == tab) {
                cast.took(viewer, frame);
            }
        }
    }

    /** The viewer's stage has another size, or is not looked at. */
    void stage(Viewer viewer, int width, int height, boolean visible) {
        synchronized (lock) {
            TabCast cast = viewer.watched();
            if (cast == null) {
                viewer.stage(width, height, visible);
            } else {
                cast.stage(viewer, width, height, visible);
            }
        }
    }

    /** The viewer chooses a tab; 0 for whichever is newest. */
    void choose(Viewer viewer, int number) {
        synchronized (lock) {
            viewer.choose(number == 0 ? null : tabs.find(number));
            follow(viewer);
            viewer.send(tabs(viewer));
        }
    }

    /** Has something done with the tab that the viewer watches; nothing where there is none. */
    void steer(Viewer viewer, Consumer<TabCast> work) {
        synchronized (lock) {
            TabCast cast = viewer.watched();
            if (cast == null || cast.session() == null) {
                viewer.send(Messages.error("There is no page to steer yet."));
            } else {
                work.accept(cast);
            }
        }
    }

    /** Closes a tab. */
    void closeTab(int number) {
        synchronized (lock) {
            Tab tab = tabs.find(number);
            if (tab != null) {
                JsonObject params = new JsonObject();
                params.addProperty("targetId", tab.targetId());
                command("Target.closeTarget", params);
            }
        }
    }

    /** Opens a tab in the browser context of the one that the viewer watches. */
    void newTab(Viewer viewer) {
        JsonObject params = new JsonObject();
        params.addProperty("url", "about:blank");
        synchronized (lock) {
            TabCast watched = viewer.watched();
            if (watched != null && !watched.tab().context().isEmpty()) {
                params.addProperty("browserContextId", watched.tab().context());
            }
            viewer.choose(null);
            command("Target.createTarget", params);
        }
    }

    private void command(String method, JsonObject params) {
        CdpClient open = cdp;
        if (open != null) {
            var unused = open.send(method, params).exceptionally(failure -> {
                if (failure.getCause() instanceof CdpException || failure instanceof CdpException) {
                    tell(Messages.error("The browser did not do that: " + failure.getMessage()));
                }
                return new JsonObject();
            });
        }
    }
}
