package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.cdp.CdpClient;
import ai.bctrl.local.internal.cdp.CdpClients;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures of one run. It asks for one at a time and waits for none: a page that does not answer is noted, and
 * costs the run nothing. Thread-safe; all its work is done by one thread, which it shares with those of other runs.
 */
final class RunSampler {

    /**
     * How long a picture may take. After that the page is said to hang, unless it has just been navigated, when a request may
     * get lost; and another one is tried.
     */
    private static final long HANGS = 2000;

    /** How long a late answer is still taken, as the page may go on. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Between two tries where a page does not answer. */
    private static final long HANGING = 5000;

    /** How long the last picture may take. */
    private static final long FAREWELL = 700;

    /** A new page is empty for a moment, or held by its controller. */
    private static final long NEW_PAGE = 250;

    /** What is made ready for a test is empty, and a picture of it would cost as much as one of anything else. */
    private static final long EMPTY_PAGE = 2000;

    private final CdpClients clients;
    private final ScheduledExecutorService thread;
    private final LongSupplier time;
    private final FrameFile file;
    private final BrowserPages pages = new BrowserPages();
    private final Pace pace = new Pace();
    private final RecentPictures recent = new RecentPictures();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private @Nullable CdpClient client;
    private @Nullable Shot pending;
    private @Nullable ScheduledFuture<?> next;
    private long nextAt = Long.MAX_VALUE;
    private long lastAsked = Long.MIN_VALUE / 2;
    private boolean leaving;

    /** A picture that was asked for. Not thread-safe. */
    private static final class Shot {
        private final BrowserPages.Tab tab;
        private final long asked;
        private @Nullable ScheduledFuture<?> alarm;

        private Shot(BrowserPages.Tab tab, long asked) {
            this.tab = tab;
            this.asked = asked;
        }
    }

    /**
     * Creates a sampler.
     *
     * @param thread does all the work
     * @param time milliseconds since the run's begin
     * @param file gets the pictures; is closed in the end
     */
    RunSampler(CdpClients clients, ScheduledExecutorService thread, LongSupplier time, FrameFile file) {
        this.clients = clients;
        this.thread = thread;
        this.time = time;
        this.file = file;
    }

    /** Begins; returns at once. */
    void start(URI devTools) {
        var unused = clients.open(devTools, (method, session, params) -> later(() -> onEvent(method, params)))
                .whenComplete((opened, failure) -> {
                    if (opened == null) {
                        later(() -> end("Nothing could be recorded: " + failure.getMessage()));
                    } else if (!later(() -> opened(opened))) {
                        opened.close();
                    }
                });
    }

    private boolean later(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private void opened(CdpClient opened) {
        if (finished.isDone()) {
            opened.close();
            return;
        }
        client = opened;
        var unused = opened.gone().whenComplete((gone, failure) -> later(() -> end(null)));
        discover(opened);
    }

    private static void discover(CdpClient opened) {
        JsonObject onlyPages = new JsonObject();
        onlyPages.addProperty("type", "page");
        JsonArray filter = new JsonArray();
        filter.add(onlyPages);
        JsonObject discover = new JsonObject();
        discover.addProperty("discover", true);
        discover.add("filter", filter);
        var unused = opened.send("Target.setDiscoverTargets", discover);
    }

    private void onEvent(String method, JsonObject params) {
        switch (method) {
            case "Target.targetCreated" -> onCreated(params.getAsJsonObject("targetInfo"));
            case "Target.targetInfoChanged" -> onChanged(params.getAsJsonObject("targetInfo"));
            case "Target.targetCrashed" ->
                mark(pages.crashed(params.get("targetId").getAsString()), "crashed");
            case "Target.targetDestroyed" -> {
                BrowserPages.Tab before = pages.current();
                mark(pages.closed(params.get("targetId").getAsString()), "closed");
                shown(before);
            }
            default -> {
                // Nothing that changes what is recorded.
            }
        }
    }

    private void onCreated(JsonObject info) {
        String url = info.get("url").getAsString();
        if (!info.get("type").getAsString().equals("page") || url.startsWith("devtools:")) {
            return;
        }
        BrowserPages.Tab tab = pages.opened(info.get("targetId").getAsString(), url);
        if (tab == null) {
            return;
        }
        mark(tab, "opened");
        plan(tab.isUntouched() ? EMPTY_PAGE : NEW_PAGE);
    }

    /** Not before the first picture of a page is due: most tests are short, and close their pages without one. */
    private void attach(CdpClient open, BrowserPages.Tab tab) {
        if (!tab.attach()) {
            return;
        }
        JsonObject attach = new JsonObject();
        attach.addProperty("targetId", tab.targetId());
        attach.addProperty("flatten", true);
        var unused = open.send("Target.attachToTarget", attach)
                .whenComplete((answer, closed) -> later(() -> {
                    if (answer != null) {
                        tab.attached(answer.get("sessionId").getAsString());
                        shoot();
                    } else if (leaving) {
                        end(null);
                    }
                }));
    }

    private void onChanged(JsonObject info) {
        String targetId = info.get("targetId").getAsString();
        if (pages.navigated(targetId, info.get("url").getAsString())) {
            // A request that was under way may have been for the document before, and get no answer.
            forget();
            stirred(targetId, true);
        }
    }

    /**
     * Something moves; may be called for each event.
     *
     * @param pageId the page in which somebody does something, if any
     * @param evenEmpty whether a page that is still empty is worth a picture now
     */
    void moved(@Nullable String pageId, boolean evenEmpty) {
        if (pageId != null || evenEmpty || hinted.compareAndSet(false, true)) {
            later(() -> {
                hinted.set(false);
                stirred(pageId, evenEmpty);
            });
        }
    }

    private void stirred(@Nullable String targetId, boolean evenEmpty) {
        BrowserPages.Tab before = pages.current();
        if (pages.use(targetId)) {
            shown(before);
        }
        BrowserPages.Tab now = pages.current();
        if (evenEmpty || now == null || !now.isUntouched()) {
            plan(pace.stirred(time.getAsLong() - lastAsked));
        }
    }

    /** Another page is recorded from now on. */
    private void shown(BrowserPages.@Nullable Tab before) {
        BrowserPages.Tab now = pages.current();
        if (now == before) {
            return;
        }
        forget();
        if (now != null) {
            mark(now, "shown");
            plan(Pace.SOON);
        }
    }

    private void forget() {
        Shot shot = pending;
        pending = null;
        if (shot != null && shot.alarm != null) {
            shot.alarm.cancel(false);
        }
    }

    private void mark(BrowserPages.@Nullable Tab tab, String what) {
        if (tab != null && !finished.isDone()) {
            file.mark(time.getAsLong(), tab.number(), what);
        }
    }

    private void plan(long delay) {
        long at = time.getAsLong() + delay;
        if (finished.isDone() || at >= nextAt) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextAt = at;
        next = thread.schedule(this::shoot, delay, TimeUnit.MILLISECONDS);
    }

    private void shoot() {
        nextAt = Long.MAX_VALUE;
        BrowserPages.Tab tab = pages.current();
        CdpClient open = client;
        if (finished.isDone() || pending != null) {
            return;
        }
        if (tab == null || open == null || tab.hasCrashed()) {
            if (leaving) {
                end(null);
            }
            return;
        }
        String session = tab.sessionId();
        if (session == null) {
            attach(open, tab);
            return;
        }
        Shot shot = new Shot(tab, time.getAsLong());
        pending = shot;
        lastAsked = shot.asked;
        // No clip and no scale: they change the device metrics that the page sees.
        JsonObject params = new JsonObject();
        params.addProperty("format", "jpeg");
        params.addProperty("quality", 60);
        params.addProperty("optimizeForSpeed", true);
        var unused = open.send("Page.captureScreenshot", params, session, PATIENCE)
                .whenComplete((answer, failure) -> later(() -> taken(shot, answer)));
        shot.alarm = thread.schedule(() -> hangs(shot), HANGS, TimeUnit.MILLISECONDS);
    }

    private void hangs(Shot shot) {
        if (shot != pending) {
            return;
        }
        pending = null;
        if (shot.tab.hangs(true)) {
            mark(shot.tab, "hangs");
        }
        plan(HANGING);
    }

    private void taken(Shot shot, @Nullable JsonObject answer) {
        boolean expected = shot == pending;
        if (expected) {
            forget();
        }
        Jpeg jpeg = answer == null || !answer.has("data")
                ? null
                : Jpeg.parse(Base64.getDecoder().decode(answer.get("data").getAsString()));
        if (jpeg != null && shot.tab.hangs(false)) {
            mark(shot.tab, "answers");
        }
        if (finished.isDone() || shot.tab != pages.current()) {
            return;
        }
        long now = time.getAsLong();
        boolean fresh = false;
        if (jpeg != null && recent.differs(shot.tab.number(), jpeg)) {
            fresh = recent.add(shot.tab.number(), jpeg);
            shot.tab.pictured();
            if (!file.frame(now, shot.tab.number(), jpeg)) {
                end(null);
                return;
            }
        }
        if (expected && leaving) {
            end(null);
        } else if (expected) {
            long due = pace.taken(fresh, now - shot.asked);
            plan(shot.tab.isUntouched() ? EMPTY_PAGE : due);
        }
    }

    /**
     * Ends the recording.
     *
     * @param withLast whether to take a last picture before, if the browser still answers
     * @return completes when the file is closed, after 0.7 s at the latest where the thread is free
     */
    CompletableFuture<Void> finish(boolean withLast) {
        boolean accepted = later(() -> {
            leaving = true;
            if (finished.isDone()) {
                return;
            }
            BrowserPages.Tab tab = pages.current();
            if (!withLast || tab == null || tab.isHanging()) {
                end(null);
                return;
            }
            var unused = thread.schedule(() -> end(null), FAREWELL, TimeUnit.MILLISECONDS);
            shoot();
        });
        if (!accepted) {
            finished.complete(null);
        }
        return finished;
    }

    private void end(@Nullable String reason) {
        if (finished.isDone()) {
            return;
        }
        file.end(time.getAsLong(), reason);
        file.close();
        if (next != null) {
            next.cancel(false);
        }
        if (client != null) {
            client.close();
        }
        finished.complete(null);
    }

    /** The last pictures, to tell what is new from what only blinks. Not thread-safe. */
    private static final class RecentPictures {
        private final int[] sums = new int[8];
        private int count;
        private int lastPage = -1;
        private byte[] last = {};

        boolean differs(int page, Jpeg jpeg) {
            return page != lastPage || !Arrays.equals(last, jpeg.bytes());
        }

        /** {@return whether none of the last pictures was like it} */
        boolean add(int page, Jpeg jpeg) {
            int sum = 31 * RecordFormat.sum(jpeg.bytes()) + page;
            boolean fresh = Arrays.stream(sums).noneMatch(old -> old == sum);
            sums[count++ % sums.length] = sum;
            lastPage = page;
            last = jpeg.bytes();
            return fresh;
        }
    }
}
