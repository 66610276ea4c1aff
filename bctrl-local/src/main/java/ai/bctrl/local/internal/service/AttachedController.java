package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.ClientPort;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One controller from its admission to the end of its socket. Thread-safe. */
final class AttachedController implements Attachment {

    /** What is done with the life of a controller. No method may block. */
    interface Listener {
        void opened(AttachedController controller);

        void closed(AttachedController controller, CloseReason reason, long fromController, long fromBrowser);
    }

    private final String connectionId;
    private final LiveBrowser browser;
    private final @Nullable String userAgent;
    private final @Nullable ControllerTap tap;
    private final Listener listener;
    private @Nullable ControllerSocket socket;
    private @Nullable CloseReason ending;
    private boolean open;
    private boolean over;

    AttachedController(
            String connectionId,
            LiveBrowser browser,
            @Nullable String userAgent,
            @Nullable ControllerTap tap,
            Listener listener) {
        this.connectionId = connectionId;
        this.browser = browser;
        this.userAgent = userAgent;
        this.tap = tap;
        this.listener = listener;
    }

    String connectionId() {
        return connectionId;
    }

    LiveBrowser browser() {
        return browser;
    }

    @Nullable
    String userAgent() {
        return userAgent;
    }

    /** Whether the socket ever opened. */
    synchronized boolean wasOpen() {
        return open;
    }

    /** Ends the socket, or has it end as soon as it opens. */
    void end(CloseReason reason) {
        ControllerSocket current;
        synchronized (this) {
            ending = reason;
            current = socket;
        }
        if (current != null) {
            current.close(reason);
        }
    }

    @Override
    public URI devTools() {
        return browser.browser().devTools();
    }

    @Override
    public @Nullable ClientPort clientPort() {
        return browser.browser().clientPort();
    }

    @Override
    public @Nullable ControllerTap tap() {
        return tap;
    }

    @Override
    public void opened(ControllerSocket opened) {
        CloseReason late;
        synchronized (this) {
            socket = opened;
            open = true;
            late = ending;
        }
        listener.opened(this);
        if (late != null) {
            opened.close(late);
        }
    }

    @Override
    public CompletionStage<CloseReason> browserGone() {
        return browser.gone();
    }

    @Override
    public void closed(CloseReason reason, long bytesFromController, long bytesFromBrowser) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            socket = null;
        }
        listener.closed(this, reason, bytesFromController, bytesFromBrowser);
    }
}
