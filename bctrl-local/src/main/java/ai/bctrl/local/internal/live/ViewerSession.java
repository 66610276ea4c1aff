package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.service.Holds;
import ai.bctrl.local.internal.service.Lifetimes;
import ai.bctrl.local.internal.service.LiveJournal;
import com.google.gson.JsonObject;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes what one viewer says. Input of a viewer who may only watch ends its session; nothing of it reaches the browser.
 * Thread-safe.
 */
final class ViewerSession {

    private static final int FOLD_SECONDS = 2;
    private static final int REFUSED = 4403;

    private final Viewer viewer;
    private final LiveRun run;
    private final Holds holds;
    private final Lifetimes lifetimes;
    private final CommandLog commands;
    private final LiveJournal journal;
    private final ScheduledExecutorService clock;
    private final InputTally tally = new InputTally();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final Queue<Runnable> closings = new ConcurrentLinkedQueue<>();

    ViewerSession(
            Viewer viewer,
            LiveRun run,
            Holds holds,
            Lifetimes lifetimes,
            CommandLog commands,
            LiveJournal journal,
            ScheduledExecutorService clock) {
        this.viewer = viewer;
        this.run = run;
        this.holds = holds;
        this.lifetimes = lifetimes;
        this.commands = commands;
        this.journal = journal;
        this.clock = clock;
    }

    Viewer viewer() {
        return viewer;
    }

    /** Takes a message. */
    void receive(String text) {
        try {
            InputMessage message = InputMessage.parse(text);
            if (!watches(message)) {
                if (viewer.maySteer()) {
                    steer(message);
                } else {
                    viewer.refuse(REFUSED, "This link is for watching only; input is not allowed.");
                }
            }
        } catch (InputMessage.UnfitException unfit) {
            viewer.send(Messages.error(String.valueOf(unfit.getMessage())));
        }
    }

    /** What everybody may say. */
    private boolean watches(InputMessage message) {
        switch (message.type()) {
            case "ping" -> {}
            case "ack" -> run.took(viewer, message.integer("tab", 0, 65_535), message.integer("frame", 0, 1 << 30));
            case "stage" ->
                run.stage(
                        viewer,
                        message.integer("width", 1, 10_000),
                        message.integer("height", 1, 10_000),
                        message.flag("visible"));
            case "watch" -> run.choose(viewer, message.integer("tab", 0, 65_535));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void steer(InputMessage message) {
        String type = message.type();
        lifetimes.used(run.browser().runtimeId());
        if (InputCommands.knows(type)) {
            run.steer(viewer, page -> {
                var unused = InputCommands.send(message, page, this::count).exceptionally(failure -> new JsonObject());
            });
        } else if (BrowserActions.knows(type)) {
            run.steer(viewer, page -> log(type, BrowserActions.perform(message, page)));
        } else if (type.equals("closeTab")) {
            run.closeTab(message.integer("tab", 1, 65_535));
            log(type, CompletableFuture.completedFuture(new JsonObject()));
        } else if (type.equals("newTab")) {
            run.newTab(viewer);
            log(type, CompletableFuture.completedFuture(new JsonObject()));
        } else if (type.equals("release")) {
            holds.release(viewer.lease().runId(), Holds.Release.VIEWER);
        } else {
            throw new InputMessage.UnfitException("type is not known.");
        }
    }

    private void log(String action, CompletableFuture<JsonObject> done) {
        var unused = done.whenComplete((answer, failure) -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            String error = cause == null ? null : String.valueOf(cause.getMessage());
            if (error != null) {
                viewer.send(Messages.error("The browser did not do that: " + error));
            }
            commands.finished(viewer.lease().runId(), "live." + action, new JsonObject(), error);
        });
    }

    private void count(String what, int howMany) {
        if (tally.add(what, howMany)) {
            try {
                var unused = clock.schedule(this::writeTally, FOLD_SECONDS, TimeUnit.SECONDS);
            } catch (RejectedExecutionException closing) {
                // closed() writes it.
            }
        }
    }

    private void writeTally() {
        JsonObject counted = tally.take();
        if (counted.size() > 0) {
            journal.write(run.browser(), "live.input", null, counted);
        }
    }

    /** The viewer came in. */
    void opened() {
        journal.write(run.browser(), "live.opened", null, control());
    }

    /** Tells the viewer the run's activity. */
    void follow(ActivityFeed feed) {
        ActivityFeed.Subscription rows =
                feed.follow(viewer.lease().runId(), row -> viewer.send(Messages.activity(row)));
        whenClosed(rows::close);
    }

    /** Has something done when the viewer is gone; at once if it is. */
    void whenClosed(Runnable work) {
        closings.add(work);
        if (gone.get()) {
            runClosings();
        }
    }

    private void runClosings() {
        for (Runnable work = closings.poll(); work != null; work = closings.poll()) {
            work.run();
        }
    }

    /** The viewer is gone. */
    void closed() {
        gone.set(true);
        runClosings();
        run.leave(viewer);
        if (told.compareAndSet(false, true)) {
            writeTally();
            journal.write(run.browser(), "live.closed", null, control());
        }
    }

    /** The run is about to end, and the watching with it. */
    void ending() {
        if (told.compareAndSet(false, true)) {
            JsonObject counted = tally.take();
            if (counted.size() > 0) {
                journal.writeNow(run.browser(), "live.input", counted);
            }
            journal.writeNow(run.browser(), "live.closed", control());
        }
    }

    private JsonObject control() {
        JsonObject data = new JsonObject();
        data.addProperty("control", viewer.lease().control().wireName());
        return data;
    }
}
