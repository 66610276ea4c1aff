package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Makes a directory ours until it is closed or the process ends. H2 alone keeps off other processes only. Thread-safe. Whoever
 * took it closes it.
 */
public final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a directory, which is made where it is missing.
     *
     * @throws StoreException if another has it, or it cannot be used
     */
    public static DirectoryLock take(Path directory) {
        try {
            create(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw inUse(directory, null);
            }
            return new DirectoryLock(channel);
        } catch (IOException failed) {
            throw new StoreException(
                    StoreException.Problem.OTHER, "cannot use the data directory " + directory + ": " + failed, failed);
        }
    }

    private static void create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // It will hold a secret and the cookies of profiles.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    static StoreException inUse(Path directory, @Nullable Throwable cause) {
        return new StoreException(
                StoreException.Problem.IN_USE,
                "the data directory " + directory
                        + " is in use by another control plane; stop that one or choose another directory",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            // The lock ends with the process.
        }
    }
}
