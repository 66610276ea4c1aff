package ai.bctrl.local.internal.service;

/** The controller's end of an open CDP socket. Thread-safe. */
@FunctionalInterface
public interface ControllerSocket {

    /**
     * Ends the socket: the controller gets a close frame if the stream of frames allows one, and the connection to the
     * browser is dropped. Returns at once; does nothing when the socket is already ending.
     *
     * @param reason what the controller shall read
     */
    void close(CloseReason reason);
}
