package ai.bctrl.local.internal.live;

import java.nio.ByteBuffer;

/** The way to one viewer. Thread-safe; no method waits. */
interface ViewerSocket {

    /** Sends a message; one that cannot be sent ends the socket. */
    void send(String json);

    /**
     * Sends a picture.
     *
     * @param frame is not changed, its position neither
     */
    void send(ByteBuffer frame);

    /** Ends the socket. */
    void close(int code, String reason);
}
