package ai.bctrl.local.internal.store;

import org.jspecify.annotations.Nullable;

/** The database cannot be opened. The message says why and what to do. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
