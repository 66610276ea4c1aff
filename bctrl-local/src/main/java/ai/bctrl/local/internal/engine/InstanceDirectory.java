package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The directory of one engine, {@code <root>/<instance>}, with a directory for each browser in it. While the engine
 * lives, the file {@code lock} is locked; the file {@code owner} names its process. An engine removes, when it starts,
 * what dead ones left behind. Thread-safe.
 */
final class InstanceDirectory implements AutoCloseable {

    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration REMOVAL = Duration.ofSeconds(2);

    private final Path path;
    private final FileChannel lockChannel;

    private InstanceDirectory(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes a new instance in the root and removes dead ones.
     *
     * @param shared whether the root lies where everybody may create directories, so that its owner must be checked
     */
    static InstanceDirectory open(Path root, boolean shared) {
        try {
            Files.createDirectories(root, ownerOnly(root));
            requireDirectory(root);
            Path path = Files.createDirectory(
                    root.resolve(UUID.randomUUID().toString().substring(0, 8)), ownerOnly(root));
            if (shared && !Files.getOwner(path).equals(Files.getOwner(root))) {
                Files.delete(path);
                throw new IOException("it belongs to " + Files.getOwner(root).getName());
            }
            sweep(root);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("the lock of a new directory is taken: " + path);
            }
            Files.writeString(path.resolve("owner"), owner());
            return new InstanceDirectory(path, channel);
        } catch (IOException e) {
            throw new BrowserStartException(
                    "The directory for temporary profiles, " + root + ", cannot be used: " + e.getMessage()
                            + ". Name another one with the option 'root'.",
                    e);
        }
    }

    /** The directory. */
    Path path() {
        return path;
    }

    /** Makes a directory for one browser. */
    Path newRun(String runtimeId) {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return Files.createDirectory(
                            path.resolve(attempt == 1 ? runtimeId : runtimeId + "-" + attempt), ownerOnly(path));
                } catch (FileAlreadyExistsException e) {
                    // An earlier browser of the same runtime is just being removed.
                    if (attempt == 1000) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new BrowserStartException("Cannot create a directory in " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DirectoryRemoval.remove(path, REMOVAL);
        }
    }

    private static String owner() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " "
                + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void sweep(Path root) throws IOException {
        try (DirectoryStream<Path> instances = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path instance : instances) {
                if (isDead(instance)) {
                    endProcessesOf(instance);
                    DirectoryRemoval.remove(instance, REMOVAL);
                }
            }
        }
    }

    private static boolean isDead(Path instance) {
        try {
            Path ownerFile = instance.resolve("owner");
            if (!Files.exists(ownerFile)) {
                // It may be about to get one.
                return Files.getLastModifiedTime(instance)
                        .toInstant()
                        .isBefore(Instant.now().minus(GRACE));
            }
            String owner = Files.readString(ownerFile);
            // The same process must not touch its own lock: closing any handle of the file would give it up.
            return !owner.equals(owner()) && !isAlive(owner) && !isLocked(instance.resolve("lock"));
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean isAlive(String owner) {
        String[] words = owner.strip().split(" ", 2);
        long started = words.length == 2 ? Long.parseLong(words[1]) : 0;
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(start -> Math.abs(start.toEpochMilli() - started) < 2000)
                        .orElse(true))
                .orElse(false);
    }

    /** The owner may live in another container, where our process ids mean nothing. */
    private static boolean isLocked(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static void endProcessesOf(Path instance) {
        String marker = "=" + instance + instance.getFileSystem().getSeparator();
        ProcessHandle.allProcesses()
                .filter(process -> mentions(process, marker))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean mentions(ProcessHandle process, String marker) {
        for (String argument : process.info().arguments().orElse(new String[0])) {
            if (argument.startsWith("--") && argument.contains(marker)) {
                return true;
            }
        }
        return false;
    }

    private static void requireDirectory(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is not a directory");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path near) {
        Path existing = near;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        // Asking the file store instead would fail in a chroot, whose root is no mount point.
        return Files.getFileAttributeView(existing, PosixFileAttributeView.class) != null
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
