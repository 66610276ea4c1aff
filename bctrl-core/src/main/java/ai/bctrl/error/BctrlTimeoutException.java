package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** A deadline passed. A request that was under way may nevertheless have had its effect. */
public class BctrlTimeoutException extends BctrlException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BctrlTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
