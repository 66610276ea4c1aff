package ai.bctrl.local.internal.store;

import org.jspecify.annotations.Nullable;

/** The database cannot be opened or used. The message says why and what to do. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** What is wrong with a data directory. */
    public enum Problem {
        /** Another process uses it. */
        IN_USE,
        /** A newer version of this product wrote it. */
        NEWER,
        /** Another product wrote it. */
        FOREIGN,
        /** It is damaged, or a part of it is missing. */
        DAMAGED,
        /** Its disk is full. */
        FULL,
        /** Something else. */
        OTHER
    }

    /** Creates the exception. */
    public StoreException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** {@return what is wrong} */
    public Problem problem() {
        return problem;
    }
}
