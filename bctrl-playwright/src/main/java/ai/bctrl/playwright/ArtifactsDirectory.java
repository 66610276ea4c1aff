package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver keeps what it records of one connection: traces and downloads. Ours and not the driver's own, so that a
 * trace can still be read when the browser has died, and so that nothing is left when the driver is killed.
 *
 * <p>A file in it is locked for as long as its JVM lives. So the next JVM knows at once what a killed one has left, also where the
 * process id was given to somebody else, or is one of another container.
 */
final class ArtifactsDirectory implements AutoCloseable {
    private static final String PREFIX = "bctrl-artifacts-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final String LOCK = ".lock";
    private static final Duration SURELY_LEFT = Duration.ofDays(1);

    private final Path path;
    private final @Nullable FileChannel lock;

    private ArtifactsDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static ArtifactsDirectory create() {
        try {
            Path path = Files.createTempDirectory(own());
            return new ArtifactsDirectory(path, lock(path));
        } catch (IOException e) {
            throw new BctrlException("There is no room for what the browser records: " + e, e);
        }
    }

    /** How the names of the directories of this JVM begin. */
    private static String own() {
        ProcessHandle self = ProcessHandle.current();
        long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return PREFIX + self.pid() + "-" + start + "-";
    }

    /** The lock gets its name when it is locked: nobody finds it free before. */
    private static @Nullable FileChannel lock(Path directory) throws IOException {
        Path unnamed = directory.resolve(LOCK + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                Files.move(unnamed, directory.resolve(LOCK));
                return channel;
            }
        } catch (IOException withoutLocks) {
            // Then a killed JVM is found out by its age.
        }
        channel.close();
        Files.deleteIfExists(unnamed);
        return null;
    }

    Path path() {
        return path;
    }

    /** Removes what JVMs that were killed have left. */
    static void sweep(Path temporary) {
        String own = own();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : found) {
                // Our own locks must not be touched: closing any handle of the file would give them up.
                if (!directory.getFileName().toString().startsWith(own) && isLeft(directory)) {
                    new ArtifactsDirectory(directory, null).close();
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // What cannot be removed now is tried again by the next run.
        }
    }

    private static boolean isLeft(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock taken = channel.tryLock()) {
                return taken != null;
            } catch (IOException | OverlappingFileLockException foreign) {
                return false;
            }
        }
        // Without a lock being dead is not enough, as processes of other containers may be invisible.
        Matcher name = NAME.matcher(directory.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                && Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(Instant.now().minus(SURELY_LEFT));
    }

    /** Removes it as far as possible; the driver may still be writing its last file. */
    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
            Files.walkFileTree(path, new Removal());
        } catch (IOException left) {
            // The next sweep removes it.
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
