package ai.bctrl.junit.internal.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets only one at a time, of all threads of all JVMs, do something. The system frees the lock of a JVM that dies. The
 * file stays: deleting it would let two hold different files. Thread-safe.
 */
public final class LockFile {
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    /** What is done while nobody else can. */
    public interface Action<T> {
        /**
         * Does it.
         *
         * @param file the end of the locked file
         */
        T run(FileChannel file) throws IOException;
    }

    private LockFile() {}

    /**
     * Does something while holding the lock.
     *
     * @param file the file to lock; created if it does not exist
     * @param patience how long to wait for others
     * @throws IOException if the action fails, the file cannot be locked or somebody else holds it for so long
     */
    public static <T> T holding(Path file, Duration patience, Action<T> action) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        // Closing the channel frees the lock.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (tryLock(channel) == null) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException("somebody held " + file + " for " + patience.toMillis() + " ms");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return action.run(channel);
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
