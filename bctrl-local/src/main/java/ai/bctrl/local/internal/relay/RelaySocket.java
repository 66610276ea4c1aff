package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.Attachment;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.service.ControllerSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
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

    private final String name;
    private final EndPoint controller;
    private final BrowserSide browser;
    private final Attachment attachment;
    private final Server server;
    private final AtomicBoolean finished = new AtomicBoolean();

    /** Both are there once the controller is through with HTTP. */
    private volatile @Nullable Opened opened;

    /** Why the controller is told to leave; the first reason wins. */
    private final AtomicReference<@Nullable CloseReason> ending = new AtomicReference<>();

    private final AtomicBoolean goodbyeSaid = new AtomicBoolean();
    private final AtomicReference<Scheduler.@Nullable Task> deadline = new AtomicReference<>();
    private volatile boolean nothingMoreToWrite;

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private record Opened(SocketChannel controller, Splice splice) {}

    /**
     * Creates it.
     *
     * @param name of its threads
     */
    RelaySocket(String name, EndPoint controller, BrowserSide browser, Attachment attachment, Server server) {
        this.name = name;
        this.controller = controller;
        this.browser = browser;
        this.attachment = attachment;
        this.server = server;
    }

    /** Starts to splice. */
    void open(@Nullable ByteBuffer earlyFromController) {
        var unused = SocketOwnership.take(controller, server).whenComplete((channel, failure) -> {
            if (failure != null) {
                abort(CONTROLLER_LEFT);
            } else {
                open(channel, earlyFromController);
            }
        });
    }

    private void open(SocketChannel channel, @Nullable ByteBuffer earlyFromController) {
        if (finished.get()) {
            controller.close();
            return;
        }
        Splice splice = browser.join(name, channel, attachment.tap(), new Ends());
        opened = new Opened(channel, splice);
        attachment.opened(this);
        splice.start(earlyFromController);
        if (finished.get()) {
            splice.close();
        }
    }

    /** Completes when both sockets are closed. */
    CompletionStage<Void> done() {
        return done;
    }

    @Override
    public void close(CloseReason reason) {
        Opened open = opened;
        if (open == null) {
            // The controller is not yet through with HTTP.
            abort(reason);
        } else if (ending.compareAndSet(null, reason)) {
            open.splice.discard();
            finishLater(reason);
            open.splice.stop();
            sayGoodbyeIfDue(open);
        }
    }

    /** Ends without a word to the controller. */
    void abort(CloseReason reason) {
        ending.compareAndSet(null, reason);
        finish(reason);
    }

    /** Ends what never came to be. */
    void abortUnlessOpen(CloseReason reason) {
        if (opened == null) {
            abort(reason);
        }
    }

    private void browserEnded(Opened open) {
        nothingMoreToWrite = true;
        if (!open.splice.isAtBoundary()) {
            // Whatever we said now would be read as the rest of the frame.
            abort(BROWSER_LOST);
            return;
        }
        if (open.splice.isCloseSeen() || open.splice.isCloseAsked()) {
            // The controller knows, or asked for it.
            ending.compareAndSet(null, CLOSED);
        }
        if (ending.get() == null) {
            askWhy();
        }
        sayGoodbyeIfDue(open);
    }

    private void askWhy() {
        Scheduler.Task patience =
                server.getScheduler().schedule(() -> close(BROWSER_LOST), BROWSER_GONE_MILLIS, TimeUnit.MILLISECONDS);
        attachment.browserGone().whenComplete((reason, failure) -> {
            patience.cancel();
            close(reason == null ? BROWSER_LOST : reason);
        });
    }

    private void sayGoodbyeIfDue(Opened open) {
        CloseReason reason = ending.get();
        if (reason == null || !nothingMoreToWrite || !goodbyeSaid.compareAndSet(false, true)) {
            return;
        }
        finishLater(reason);
        try {
            // The controller may not be reading.
            server.getThreadPool().execute(() -> sayGoodbye(open, reason));
        } catch (RejectedExecutionException stopping) {
            finish(reason);
        }
    }

    private void sayGoodbye(Opened open, CloseReason reason) {
        try {
            if (!open.splice.isCloseSeen()) {
                ByteBuffer frame = CloseFrame.of(reason);
                while (frame.hasRemaining()) {
                    open.controller.write(frame);
                }
            }
            open.controller.shutdownOutput();
        } catch (IOException lost) {
            finish(reason);
        }
    }

    /**
     * Gives the controller time to read: closing at once while its bytes are still coming would make the kernel throw
     * away what it has not read yet.
     */
    private void finishLater(CloseReason reason) {
        replaceDeadline(server.getScheduler().schedule(() -> finish(reason), GOODBYE_MILLIS, TimeUnit.MILLISECONDS));
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
        Opened open = opened;
        if (open == null) {
            browser.close();
        } else {
            open.splice.close();
        }
        done.complete(null);
        Runnable tell = () -> attachment.closed(
                reason,
                open == null ? 0 : open.splice.bytesFromController(),
                open == null ? 0 : open.splice.bytesFromBrowser());
        try {
            server.getThreadPool().execute(tell);
        } catch (RejectedExecutionException e) {
            // The server is stopping.
            tell.run();
        }
    }

    private CloseReason reasonOr(CloseReason otherwise) {
        CloseReason reason = ending.get();
        return reason == null ? otherwise : reason;
    }

    private final class Ends implements Splice.Listener {
        @Override
        public void controllerEnded() {
            finish(reasonOr(CONTROLLER_LEFT));
        }

        @Override
        public void browserEnded() {
            Opened open = opened;
            if (open != null) {
                RelaySocket.this.browserEnded(open);
            }
        }
    }
}
