package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** The service could not be reached, or the connection broke. The request may nevertheless have had its effect. */
public class BctrlConnectionException extends BctrlException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BctrlConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
