package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** Root of everything that this library throws. The message alone is enough for a support request. */
public class BctrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public BctrlException(String message) {
        super(message);
    }

    /** Creates an exception. */
    public BctrlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
