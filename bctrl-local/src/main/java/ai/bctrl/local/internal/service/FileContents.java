package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Room;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The bytes of stored files, each at {@code <root>/<space>/<file>}. A file is there wholly or not at all. Thread-safe; all
 * methods wait for the disk.
 */
final class FileContents {

    private static final String PART = ".part";
    private static final String ARRIVALS = "arriving";
    private static final int BUFFER = 1 << 16;
    private static final long FULL = 1 << 20;

    /** Every 1 MiB of a file. */
    private static final int ROOM_CHECK = 20;

    private final Path root;
    private final long maxBytes;
    private final boolean durable;
    private final Room room;

    /**
     * Removes what an earlier process left half written.
     *
     * @param durable whether a file that was written is to be there after a loss of power
     * @param room on the disk
     */
    FileContents(Path root, long maxBytes, boolean durable, Room room) {
        this.root = root;
        this.room = room;
        this.maxBytes = maxBytes;
        this.durable = durable;
        sweep();
    }

    long maxBytes() {
        return maxBytes;
    }

    Path path(String spaceId, String fileId) {
        return root.resolve(spaceId).resolve(fileId);
    }

    /**
     * Writes a new file.
     *
     * @return its size in bytes
     * @throws ApiProblem 413 {@code file.too_large}, 400 {@code request.incomplete} where the content broke off, 507 {@code
     *     storage.full}, 500 {@code storage.failed}; nothing is left then
     */
    long write(String spaceId, String fileId, InputStream content) {
        Path target = path(spaceId, fileId);
        Path part = target.resolveSibling(fileId + PART);
        boolean whole = false;
        try {
            createDirectory(target);
            long size = 0;
            try (OutputStream out =
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
                    if (size >> ROOM_CHECK != (size + read) >> ROOM_CHECK) {
                        requireRoom(0);
                    }
                    size += read;
                    requireFits(size);
                    out.write(buffer, 0, read);
                }
            }
            Disk.publish(part, target, durable);
            whole = true;
            return size;
        } catch (IOException failed) {
            throw problem(failed);
        } finally {
            if (!whole) {
                drop(part);
            }
        }
    }

    /** Writes a new file with what another one holds now, as {@link #write} does. */
    long copy(String spaceId, String fileId, Path source) {
        Path target = path(spaceId, fileId);
        Path part = target.resolveSibling(fileId + PART);
        boolean whole = false;
        try {
            requireFits(Files.size(source));
            requireRoom(Files.size(source));
            createDirectory(target);
            Files.copy(source, part);
            long size = Files.size(part);
            requireFits(size);
            Disk.publish(part, target, durable);
            whole = true;
            return size;
        } catch (IOException failed) {
            throw problem(failed);
        } finally {
            if (!whole) {
                drop(part);
            }
        }
    }

    /** Takes over a file of {@link #arrivals()}, as {@link #write} does. */
    long adopt(String spaceId, String fileId, Path arrived) {
        try {
            long size = Files.size(arrived);
            requireFits(size);
            Path target = path(spaceId, fileId);
            createDirectory(target);
            Disk.publish(arrived, target, durable);
            return size;
        } catch (IOException failed) {
            throw problem(failed);
        }
    }

    /** A directory on the same disk for files that are not complete yet; what lies in it at the start is removed. */
    Path arrivals() {
        Path directory = root.resolve(ARRIVALS);
        try {
            createDirectory(directory.resolve("any"));
            return directory;
        } catch (IOException failed) {
            throw problem(failed);
        }
    }

    private void requireRoom(long bytes) {
        if (room.isShort(bytes)) {
            throw StorageProblems.full();
        }
    }

    void requireFits(long size) {
        if (size > maxBytes) {
            throw new ApiProblem(
                    413,
                    "file.too_large",
                    "The file is larger than " + maxBytes + " bytes, the most that this control plane takes.",
                    Map.of("maxBytes", maxBytes));
        }
    }

    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException | UncheckedIOException brokenOff) {
            throw new ApiProblem(400, "request.incomplete", "The file did not arrive completely.", Map.of());
        }
    }

    private void createDirectory(Path target) throws IOException {
        Path directory = target.getParent();
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        FileAttribute<?>[] ownerOnly =
                root.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createDirectories(directory, ownerOnly);
        if (durable) {
            Disk.forceNames(root);
        }
    }

    ApiProblem problem(Exception failed) {
        if (isFull()) {
            return StorageProblems.full();
        }
        System.getLogger(FileContents.class.getName())
                .log(System.Logger.Level.ERROR, "a file cannot be stored below " + root, failed);
        return new ApiProblem(
                500, "storage.failed", "The control plane cannot store files; its log says why.", Map.of());
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(root).getUsableSpace() < FULL;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Removes a file; one that is being read stays readable to its reader where the system allows that. */
    void remove(String spaceId, String fileId) {
        drop(path(spaceId, fileId));
    }

    /** Removes the files of a space. */
    void removeAll(String spaceId) {
        removeTree(root.resolve(spaceId));
    }

    /** Removes a directory with all in it, as far as that goes; follows no links. */
    static void removeTree(Path directory) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(FileContents::drop);
        } catch (IOException | UncheckedIOException gone) {
            // What is left is left; it belongs to a space or runtime that is no more.
        }
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            System.getLogger(FileContents.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + file + ": " + inUse);
        }
    }

    /**
     * Removes the files that nobody knows: their process was killed before it had written what it is about, or after it had
     * removed that.
     *
     * @param known tells the files of a space
     */
    void removeUnknown(Function<String, Set<String>> known) {
        try (DirectoryStream<Path> spaces = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path space : spaces) {
                Set<String> ids = known.apply(space.getFileName().toString());
                try (DirectoryStream<Path> files = Files.newDirectoryStream(
                        space, file -> !ids.contains(file.getFileName().toString()))) {
                    files.forEach(FileContents::drop);
                }
            }
        } catch (NoSuchFileException none) {
            // Nothing was ever stored.
        } catch (IOException unreadable) {
            System.getLogger(FileContents.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot look through " + root + ": " + unreadable);
        }
    }

    private void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        removeTree(root.resolve(ARRIVALS));
        try (DirectoryStream<Path> spaces = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path space : spaces) {
                try (DirectoryStream<Path> parts = Files.newDirectoryStream(space, "*" + PART)) {
                    parts.forEach(FileContents::drop);
                }
            }
        } catch (IOException unreadable) {
            System.getLogger(FileContents.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot look through " + root + ": " + unreadable);
        }
    }
}
