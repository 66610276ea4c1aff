package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** The thread was interrupted while it waited; its interrupt flag is set again. */
public class BctrlInterruptedException extends BctrlException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BctrlInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
