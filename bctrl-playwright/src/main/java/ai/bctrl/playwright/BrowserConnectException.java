package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import org.jspecify.annotations.Nullable;

/**
 * A leased browser cannot be used: it could not be reached, or it is gone. The subclasses say why; the message names the
 * runtime and the run, and never the signed CDP address.
 */
public class BrowserConnectException extends BctrlException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserConnectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
