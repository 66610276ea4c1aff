package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/**
 * Nobody answers at the address of the browser, or the connection to it was lost for no known reason.
 */
public class BrowserUnreachableException extends BrowserConnectException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
