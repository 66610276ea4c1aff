package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver keeps what it records of one connection: traces and downloads. Ours and not the driver's own, so that a
 * trace can still be read when the browser has died, and so that nothing is left when the driver is killed.
 */
final class ArtifactsDirectory implements AutoCloseable {
    private static final String PREFIX = "bctrl-artifacts-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final Duration SURELY_LEFT = Duration.ofDays(1);

    private final Path path;

    private ArtifactsDirectory(Path path) {
        this.path = path;
    }

    static ArtifactsDirectory create() {
        try {
            return new ArtifactsDirectory(
                    Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new BctrlException("There is no room for what the browser records: " + e, e);
        }
    }

    Path path() {
        return path;
    }

    /** Removes what JVMs that were killed have left. */
    static void sweep(Path temporary) {
        Instant limit = Instant.now().minus(SURELY_LEFT);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : found) {
                Matcher name = NAME.matcher(directory.getFileName().toString());
                // In a container other processes may be invisible, so that being dead is not enough.
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(limit)) {
                    new ArtifactsDirectory(directory).close();
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // What cannot be removed now is tried again by the next run.
        }
    }

    /** Removes it as far as possible; the driver may still be writing its last file. */
    @Override
    public void close() {
        try {
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
