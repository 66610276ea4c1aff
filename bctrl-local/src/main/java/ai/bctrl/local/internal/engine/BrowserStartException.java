package ai.bctrl.local.internal.engine;

import org.jspecify.annotations.Nullable;

/** A browser could not be started. The message names the binary, what happened and the end of its standard error. */
public class BrowserStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public BrowserStartException(String message) {
        super(message);
    }

    /** Creates the exception. */
    public BrowserStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
