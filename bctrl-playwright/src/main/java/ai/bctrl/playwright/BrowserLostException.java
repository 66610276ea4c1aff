package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/** The control plane does not answer any more, or does not know the browser any more. */
public class BrowserLostException extends BrowserUnreachableException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
