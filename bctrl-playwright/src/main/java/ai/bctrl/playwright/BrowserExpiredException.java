package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/**
 * The connection to the browser is over by the rules of the service: it expired, was revoked, or somebody stopped the
 * runtime. A new session is needed.
 */
public class BrowserExpiredException extends BrowserConnectException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserExpiredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
