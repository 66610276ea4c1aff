package ai.bctrl.local.internal.relay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What goes on between a controller's socket and a browser. Thread-safe; no method blocks. */
interface Splice {

    /** Hears about the ends of the two sides, on any thread; each at most once, and blocking does not matter. */
    interface Listener {
        /** The controller sends nothing more, or cannot be written to. */
        void controllerEnded();

        /**
         * The browser's side is closed and all that came from it is written. The controller's socket blocks now and is
         * written to by nobody else.
         */
        void browserEnded();
    }

    /**
     * Starts.
     *
     * @param early bytes of the controller that somebody else has read
     */
    void start(@Nullable ByteBuffer early);

    /** Throws away from now on what the controller sends. */
    void discard();

    /** Ends the browser's side as soon as the frame that is on its way to the controller has ended. */
    void stop();

    /** Closes the browser's side at once. */
    void close();

    /** How many bytes came from the controller. */
    long bytesFromController();

    /** How many bytes came from the browser. */
    long bytesFromBrowser();

    /** Whether what was written to the controller ends with a whole frame. */
    boolean isAtBoundary();

    /** Whether the controller was sent a close frame. */
    boolean isCloseSeen();

    /** Whether the controller has sent a close frame. */
    boolean isCloseAsked();
}
