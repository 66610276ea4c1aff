package ai.bctrl.local;

import ai.bctrl.error.BctrlException;
import org.jspecify.annotations.Nullable;

/** The control plane cannot start. The message says why and what to do. */
public class LocalBctrlException extends BctrlException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public LocalBctrlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
