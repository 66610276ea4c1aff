package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where drivers make their temporary directories, which they remove only when all goes well. There while there are drivers.
 * Thread-safe.
 *
 * <p>One for the JVM, because Playwright gives every driver of a JVM the environment of the first one.
 */
final class DriverDirectory {
    private static final DriverDirectory OF_THIS_JVM = new DriverDirectory();

    private @Nullable ArtifactsDirectory directory;
    private int drivers;

    private DriverDirectory() {}

    static DriverDirectory ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** {@return the directory, for one more driver} */
    synchronized Path enter() {
        ArtifactsDirectory known = directory;
        if (known == null) {
            known = ArtifactsDirectory.create();
            directory = known;
        } else if (drivers == 0) {
            create(known.path());
        }
        drivers++;
        return known.path();
    }

    /** Fails where somebody else has made it meanwhile. */
    private static void create(Path path) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ours = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectory(path, ours);
        } catch (IOException failed) {
            throw new BctrlException("The directory of Playwright's drivers cannot be made: " + failed, failed);
        }
    }

    /** A driver has ended. */
    synchronized void leave() {
        drivers--;
        if (drivers == 0 && directory != null) {
            directory.close();
        }
    }
}
