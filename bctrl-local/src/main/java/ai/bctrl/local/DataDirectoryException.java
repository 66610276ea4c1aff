package ai.bctrl.local;

import org.jspecify.annotations.Nullable;

/** The control plane cannot start, because its data directory cannot be used. The message says why and what to do. */
public final class DataDirectoryException extends LocalBctrlException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a data directory cannot be used. */
    public enum Reason {
        /** Another control plane uses it. */
        IN_USE,
        /** A newer version of bctrl wrote its database. */
        NEWER,
        /** Another product wrote its database. */
        FOREIGN,
        /** Its database is damaged, or missing beside its files. */
        DAMAGED,
        /** Its disk is full. */
        FULL,
        /** Something else. */
        OTHER
    }

    /** Creates the exception. */
    public DataDirectoryException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return why it cannot be used} */
    public Reason reason() {
        return reason;
    }
}
