package ai.bctrl.local.internal.cdp;

/** The browser refused a command, did not answer it in time, or is gone. */
public final class CdpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates it with the command and the reason. */
    public CdpException(String message) {
        super(message);
    }
}
