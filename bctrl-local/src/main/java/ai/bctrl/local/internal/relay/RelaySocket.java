package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.Attachment;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.service.ControllerSocket;
import ai.bctrl.local.internal.service.ControllerTap;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * One controller spliced to one browser. Thread-safe.
 *
 * <p>It ends in one of three ways: the controller leaves (both sockets are closed at once); we end it, or the browser's
 * side ends (the controller gets a close frame where the last frame is whole, and a second to close its side).
 */
final class RelaySocket implements ControllerSocket {

    private static final long BROWSER_GONE_MILLIS = 500;
    private static final long GOODBYE_MILLIS = 1000;
    private static final CloseReason BROWSER_LOST = new CloseReason(1011, "browser connection lost");
    private static final CloseReason CONTROLLER_LEFT = new CloseReason(1006, "the controller dropped the connection");
    private static final CloseReason CLOSED = new CloseReason(1000, "closed");

    private final EndPoint controller;
    private final BrowserSocket browser;
    private final Attachment attachment;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Pump toBrowser;
    private final Pump toController;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean opened;

    /** Why the controller is told to leave; the first reason wins. */
    private final AtomicReference<@Nullable CloseReason> ending = new AtomicReference<>();

    private final AtomicBoolean goodbyeSaid = new AtomicBoolean();
    private final AtomicReference<Scheduler.@Nullable Task> deadline = new AtomicReference<>();
    private volatile boolean nothingMoreToWrite;

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    RelaySocket(
            EndPoint controller, BrowserSocket browser, Attachment attachment, Scheduler scheduler, Executor executor) {
        this.controller = controller;
        this.browser = browser;
        this.attachment = attachment;
        this.scheduler = scheduler;
        this.executor = executor;
        ControllerTap tap = attachment.tap();
        this.toBrowser = new Pump(
                controller, browser.endPoint(), tap == null ? null : tap::fromController, new FromController());
        this.toController =
                new Pump(browser.endPoint(), controller, tap == null ? null : tap::fromBrowser, new FromBrowser());
    }

    /** Starts to splice. */
    void open(@Nullable ByteBuffer earlyFromController) {
        if (finished.get()) {
            controller.close();
            return;
        }
        opened = true;
        attachment.opened(this);
        toController.start(browser.early());
        toBrowser.start(earlyFromController);
    }

    /** Completes when both sockets are closed. */
    CompletionStage<Void> done() {
        return done;
    }

    @Override
    public void close(CloseReason reason) {
        if (!opened) {
            // The controller is not yet through with HTTP.
            abort(reason);
        } else if (ending.compareAndSet(null, reason)) {
            toBrowser.discard();
            finishLater(reason);
            toController.stop();
            sayGoodbyeIfDue();
        }
    }

    /** Ends without a word to the controller. */
    void abort(CloseReason reason) {
        ending.compareAndSet(null, reason);
        finish(reason);
    }

    /** Ends what never came to be. */
    void abortUnlessOpen(CloseReason reason) {
        if (!opened) {
            abort(reason);
        }
    }

    private void browserEnded() {
        browser.endPoint().close();
        nothingMoreToWrite = true;
        if (!toController.isAtBoundary()) {
            // Whatever we said now would be read as the rest of the frame.
            abort(BROWSER_LOST);
            return;
        }
        if (toController.isCloseSeen() || toBrowser.isCloseSeen()) {
            // The controller knows, or asked for it.
            ending.compareAndSet(null, CLOSED);
        }
        if (ending.get() == null) {
            askWhy();
        }
        sayGoodbyeIfDue();
    }

    private void askWhy() {
        Scheduler.Task patience =
                scheduler.schedule(() -> close(BROWSER_LOST), BROWSER_GONE_MILLIS, TimeUnit.MILLISECONDS);
        attachment.browserGone().whenComplete((reason, failure) -> {
            patience.cancel();
            close(reason == null ? BROWSER_LOST : reason);
        });
    }

    private void sayGoodbyeIfDue() {
        CloseReason reason = ending.get();
        if (reason == null || !nothingMoreToWrite || !goodbyeSaid.compareAndSet(false, true)) {
            return;
        }
        finishLater(reason);
        if (toController.isCloseSeen()) {
            controller.shutdownOutput();
            return;
        }
        controller.write(Callback.from(controller::shutdownOutput, failure -> finish(reason)), CloseFrame.of(reason));
    }

    /**
     * Gives the controller time to read: closing at once while its bytes are still coming would make the kernel throw
     * away what it has not read yet.
     */
    private void finishLater(CloseReason reason) {
        replaceDeadline(scheduler.schedule(() -> finish(reason), GOODBYE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void replaceDeadline(Scheduler.@Nullable Task next) {
        Scheduler.Task before = deadline.getAndSet(next);
        if (before != null) {
            before.cancel();
        }
    }

    private void finish(CloseReason reason) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        replaceDeadline(null);
        controller.close();
        browser.endPoint().close();
        done.complete(null);
        Runnable tell = () -> attachment.closed(reason, toBrowser.bytes(), toController.bytes());
        try {
            executor.execute(tell);
        } catch (RejectedExecutionException e) {
            // The server is stopping.
            tell.run();
        }
    }

    private CloseReason reasonOr(CloseReason otherwise) {
        CloseReason reason = ending.get();
        return reason == null ? otherwise : reason;
    }

    private final class FromController implements Pump.Listener {
        @Override
        public void ended() {
            finish(reasonOr(CONTROLLER_LEFT));
        }

        @Override
        public void targetLost() {
            // The other pump reads the end of the same socket and tells why.
            browser.endPoint().close();
        }
    }

    private final class FromBrowser implements Pump.Listener {
        @Override
        public void ended() {
            browserEnded();
        }

        @Override
        public void targetLost() {
            finish(reasonOr(CONTROLLER_LEFT));
        }
    }
}
