package ai.bctrl.local.internal.store;

import ai.bctrl.local.internal.store.StoreException.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.h2.api.ErrorCode;

/**
 * Where a database lies, and what to say where it cannot be opened. Immutable.
 *
 * @param directory the data directory
 */
record DatabaseFile(Path directory) {

    static final String NAME = "bctrl.mv.db";

    private static final String RESTORE = "; restore a backup into an empty directory (bctrl restore --from FILE.zip"
            + " --data DIR), or move this one away and begin anew";

    Path path() {
        return directory.resolve(NAME);
    }

    String url() {
        String path = directory.toAbsolutePath().normalize().resolve("bctrl").toString();
        if (path.indexOf(';') >= 0) {
            throw new StoreException(
                    Problem.OTHER, "the data directory must not have a ';' in its path: " + path, null);
        }
        return "jdbc:h2:file:" + path;
    }

    boolean isNew() {
        try {
            return !Files.exists(path()) || Files.size(path()) == 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** A new database beside old files would have them removed, as nobody would know them. */
    void requireNothingLost() {
        if (!isNew()) {
            return;
        }
        for (String name : List.of("files", "recordings")) {
            try (DirectoryStream<Path> kept = Files.newDirectoryStream(directory.resolve(name))) {
                if (kept.iterator().hasNext()) {
                    throw new StoreException(
                            Problem.DAMAGED,
                            "the database " + path() + " is missing, but " + name + " that it knew are there" + RESTORE,
                            null);
                }
            } catch (IOException none) {
                // There is no such directory.
            }
        }
    }

    StoreException newer(int found, int known) {
        return new StoreException(
                Problem.NEWER,
                "the database " + path() + " was written by a newer bctrl: it has schema " + found
                        + ", this version knows up to " + known
                        + "; use that version, or restore the backup that was made"
                        + " before the upgrade (bctrl restore --from FILE.zip --data DIR)",
                null);
    }

    StoreException foreign(Throwable cause) {
        return new StoreException(
                Problem.FOREIGN,
                "the database " + path()
                        + " is none of bctrl: another product has written it; choose another directory",
                cause);
    }

    StoreException explain(Throwable failed) {
        if (failed instanceof StoreException told) {
            return told;
        }
        String said = String.valueOf(failed.getMessage());
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            said = cause.getMessage() == null ? said : firstLine(cause.getMessage());
            if (cause instanceof SQLException sql) {
                switch (sql.getErrorCode()) {
                    case ErrorCode.DATABASE_ALREADY_OPEN_1 -> {
                        return DirectoryLock.inUse(directory, failed);
                    }
                    case ErrorCode.WRONG_USER_OR_PASSWORD -> {
                        return foreign(failed);
                    }
                    case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.FILE_CORRUPTED_1, ErrorCode.GENERAL_ERROR_1 -> {
                        return new StoreException(
                                Problem.DAMAGED,
                                "the database " + path() + " is damaged, or none that this version can read ("
                                        + firstLine(String.valueOf(sql.getMessage())) + ")" + RESTORE,
                                failed);
                    }
                    default -> {
                        // The cause may say more.
                    }
                }
            }
        }
        boolean full = StoreFaults.problem(failed) == Problem.FULL;
        return new StoreException(
                full ? Problem.FULL : Problem.OTHER,
                "cannot open the database " + path() + ": " + said + (full ? "; make room on its disk" : ""),
                failed);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
