package ai.bctrl.junit.internal.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Only one at a time, of all threads of all JVMs, changes which runs a directory has. The system frees the lock of a JVM
 * that dies. The file stays: deleting it would let two hold different files.
 */
final class DirectoryLock {
    static final String FILE = ".lock";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    /** What is done while nobody else can. */
    interface Action<T> {
        T run() throws IOException;
    }

    private DirectoryLock() {}

    static <T> T holding(Path directory, Action<T> action) throws IOException {
        return holding(directory, PATIENCE, action);
    }

    /** @throws IOException if the action fails, or somebody else held the lock for so long */
    static <T> T holding(Path directory, Duration patience, Action<T> action) throws IOException {
        Path file = Files.createDirectories(directory).resolve(FILE);
        long deadline = System.nanoTime() + patience.toNanos();
        // Closing the channel frees the lock.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (tryLock(channel) == null) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException("somebody held " + file + " for " + patience.toMillis() + " ms");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return action.run();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }
}
