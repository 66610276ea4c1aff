package ai.bctrl.local.internal.service;

/**
 * Decides who may control a browser over CDP. Thread-safe; {@link #attach} answers fast and never waits for a browser
 * for longer than its own deadline.
 */
public interface ControllerGate {

    /**
     * Admits a controller.
     *
     * @param request who asks for what
     * @return the lease of the browser; the relay ends it with {@link Attachment#closed}
     * @throws AttachRefusedException if the URL is wrong, expired or revoked, or the runtime is taken or gone
     */
    Attachment attach(AttachRequest request);
}
