package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/**
 * The browser ended by itself, for example because its process was killed.
 */
public class BrowserCrashedException extends BrowserConnectException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BrowserCrashedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
