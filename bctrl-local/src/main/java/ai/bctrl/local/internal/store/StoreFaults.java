package ai.bctrl.local.internal.store;

import ai.bctrl.local.internal.store.StoreException.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Tells what the failures of a database mean. Thread-safe. */
public final class StoreFaults {

    /** After these nothing works before the file is opened anew: H2 gives up a store when a write fails. */
    private static final Set<Integer> BROKEN = Set.of(
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.CONNECTION_BROKEN_1,
            ErrorCode.OBJECT_CLOSED,
            ErrorCode.GENERAL_ERROR_1);

    private StoreFaults() {}

    /**
     * {@return what a failure says of the database: {@code FULL}, or {@code OTHER} where it cannot be used for now; null if the
     * failure is none of the database}
     */
    public static @Nullable Problem problem(Throwable failed) {
        Problem found = null;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (isFull(cause)) {
                return Problem.FULL;
            } else if (cause instanceof StoreException told) {
                found = told.problem() == Problem.FULL ? Problem.FULL : Problem.OTHER;
            } else if (cause instanceof JdbiException && isBroken(cause)) {
                found = Problem.OTHER;
            }
        }
        return found;
    }

    private static boolean isFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException
                && (message.contains("no space left")
                        || message.contains("not enough space")
                        || message.contains("disk quota"));
    }

    /** Whether the file must be opened anew. */
    static boolean isBroken(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && BROKEN.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }
}
