package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Keeps what is in a data directory from other users of the machine, also where the directory itself is open to them. */
final class OwnerOnly {

    private static final List<String> DIRECTORIES = List.of("files", "recordings", "profiles");

    private OwnerOnly() {}

    /** Makes the database's file and the directories beside it, or takes others' rights to them away. */
    static void secure(Path data, Path database) throws IOException {
        if (Files.getFileAttributeView(data, PosixFileAttributeView.class) == null) {
            return;
        }
        if (Files.exists(database)) {
            close(database, "rw-------");
        } else {
            // A database takes an empty file for a new one; what it makes itself could be read by all for a moment.
            Files.createFile(database, attribute("rw-------"));
        }
        for (String name : DIRECTORIES) {
            Path directory = data.resolve(name);
            if (Files.isDirectory(directory)) {
                close(directory, "rwx------");
            } else {
                Files.createDirectory(directory, attribute("rwx------"));
            }
        }
    }

    /** Another user may own what we may write to; that is theirs to change. */
    private static void close(Path path, String permissions) {
        try {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    .endsWith("------")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        } catch (IOException notOurs) {
            System.getLogger(OwnerOnly.class.getName())
                    .log(System.Logger.Level.WARNING, "other users of this machine can read " + path + ": " + notOurs);
        }
    }

    private static FileAttribute<?> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
