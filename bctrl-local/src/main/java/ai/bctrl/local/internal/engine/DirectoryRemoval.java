package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Removes a directory that somebody may still write into. */
final class DirectoryRemoval {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private DirectoryRemoval() {}

    /**
     * Removes the directory with everything in it; follows no links.
     *
     * @param deadline how long to try again while files keep appearing
     * @return whether it is gone
     */
    static boolean remove(Path directory, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.walkFileTree(directory, new Remover());
            } catch (IOException e) {
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Somebody else was faster, or the directory's own removal will fail and be tried again.
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
