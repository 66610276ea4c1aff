package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/**
 * The browser did not answer within the deadline.
 */
public class BrowserTimeoutException extends BrowserConnectException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
