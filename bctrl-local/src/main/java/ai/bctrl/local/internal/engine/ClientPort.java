package ai.bctrl.local.internal.engine;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletionStage;

/**
 * Serves clients of a browser on sockets that are handed over to it, after the upgrade: it saves the bytes a socket on
 * loopback and two changes of threads. Thread-safe.
 */
public interface ClientPort {

    /**
     * Opens the way for one client.
     *
     * @return fails where the browser is not reached
     */
    CompletionStage<Seat> open();

    /** The way of one client. Thread-safe; whoever opened it closes it. */
    interface Seat {

        /**
         * Serves a client until one of the sides has ended. Called at most once.
         *
         * @param early bytes of the client that somebody else has read
         */
        void take(SocketChannel client, ByteBuffer early, Watch watch);

        /** Ends the browser's side as soon as what was written to the client ends with a whole frame. */
        void leave();

        /** Ends the browser's side at once, and the client's, unless its socket was handed back. */
        void close();
    }

    /** Sees what passes and hears of the ends. No method may block or throw; buffers stay as they are. */
    interface Watch {

        /**
         * Bytes came from the client.
         *
         * @return whether they go on to the browser
         */
        boolean fromClient(ByteBuffer bytes);

        /**
         * Bytes are about to be written to the client.
         *
         * @param toBoundary whether to end with the frame that is under way
         * @return how many of them are written
         */
        int toClient(ByteBuffer bytes, boolean toBoundary);

        /** Whether what was written to the client ends with a whole frame. */
        boolean isBetweenFrames();

        /** The client has ended, or cannot be written to. */
        void clientEnded();

        /**
         * The browser's side has ended; the client's socket is handed back and does not block.
         *
         * @param unsent is still to be written to the client
         */
        void browserEnded(ByteBuffer unsent);
    }
}
