package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.ClientPort;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The admission of one controller to one browser, from {@link ControllerGate#attach} to {@link #closed}. The relay calls
 * {@link #opened} at most once and {@link #closed} exactly once, also where the socket never opened. Thread-safe; no
 * method blocks, as the relay calls them from its I/O threads.
 */
public interface Attachment {

    /** The browser's DevTools WebSocket, {@code ws://host:port/path}. */
    URI devTools();

    /** {@return what serves the controller on its own socket; null where the relay connects to {@link #devTools}} */
    default @Nullable ClientPort clientPort() {
        return null;
    }

    /** {@return what is shown the bytes of the socket; null where nobody listens} Asked once, before {@link #opened}. */
    default @Nullable ControllerTap tap() {
        return null;
    }

    /**
     * The controller's socket carries bytes from now on.
     *
     * @param socket ends the socket from our side
     */
    void opened(ControllerSocket socket);

    /**
     * Says why the browser is gone. The relay asks when the browser's side of a socket ended and waits at most 500 ms.
     *
     * @return completes with what the controller shall read in its close frame, at once or shortly after the end of the
     *     browser is known; need not complete while the browser lives
     */
    CompletionStage<CloseReason> browserGone();

    /**
     * The socket is over, or never came to be.
     *
     * @param reason why; the code is 1006 where a side just dropped the connection
     * @param bytesFromController payload and framing, after the upgrade
     * @param bytesFromBrowser payload and framing, after the upgrade
     */
    void closed(CloseReason reason, long bytesFromController, long bytesFromBrowser);
}
