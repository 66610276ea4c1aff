package ai.bctrl.local.internal.service;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.FileStore;
import ai.bctrl.local.internal.store.StoreException;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Makes a data directory of a copy that {@link Backups} made: wholly or not at all. */
public final class Restore {

    private static final int LAST_BYTES = 1 << 16;

    /** Room that a restored directory leaves on its disk. */
    private static final long KEPT = 16L << 20;

    private Restore() {}

    /**
     * Makes a data directory.
     *
     * @param from the copy
     * @param data missing or empty
     * @return how many files it has
     * @throws StoreException if the copy is not whole or of a newer version, or the directory is not empty
     * @throws IOException if something cannot be read or written; the directory is as before then
     */
    public static long restore(Path from, Path data) throws IOException {
        requireEmpty(data);
        Path target = data.toAbsolutePath().normalize();
        Path making = target.resolveSibling(target.getFileName() + ".restoring");
        FileContents.removeTree(making);
        Files.createDirectories(making);
        if (making.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // It holds a secret and the cookies of profiles.
            Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rwx------"));
        }
        boolean done = false;
        try {
            unpack(from, making);
            long files = check(making);
            Files.deleteIfExists(making.resolve("lock"));
            Files.deleteIfExists(target.resolve("lock"));
            Files.deleteIfExists(target);
            Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
            done = true;
            return files;
        } finally {
            if (!done) {
                FileContents.removeTree(making);
            }
        }
    }

    private static void requireEmpty(Path data) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                data, entry -> !entry.getFileName().toString().equals("lock"))) {
            if (entries.iterator().hasNext()) {
                throw new StoreException(
                        StoreException.Problem.OTHER,
                        data + " is not empty; move it away or restore into another directory",
                        null);
            }
        }
    }

    private static void unpack(Path from, Path making) throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile())) {
            ZipEntry last = zip.getEntry(Backups.LAST);
            if (last == null) {
                throw notWhole(from, "it does not end as a copy of bctrl does", null);
            }
            requireRoom(zip, from, making);
            int entries = 0;
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().equals(Backups.LAST)) {
                    continue;
                }
                Path file = making.resolve(entry.getName()).normalize();
                if (!file.startsWith(making) || !isPlain(entry.getName()) || !isKnown(entry.getName())) {
                    throw notWhole(from, "it holds " + shown(entry.getName()), null);
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream content = zip.getInputStream(entry)) {
                    // Its check sum is compared at the end.
                    copy(content, file, entry.getSize());
                } catch (FileAlreadyExistsException twice) {
                    throw notWhole(from, "it holds " + shown(entry.getName()) + " twice", twice);
                }
                entries++;
            }
            JsonObject told = Json.parseObject(
                    new String(zip.getInputStream(last).readNBytes(LAST_BYTES), StandardCharsets.UTF_8));
            if (told.get("entries").getAsInt() != entries) {
                throw notWhole(from, entries + " of " + told.get("entries") + " files are in it", null);
            }
        } catch (ZipException damaged) {
            throw notWhole(from, String.valueOf(damaged.getMessage()), damaged);
        }
    }

    /** What a copy says of its sizes is checked before anything is written, and held to while it is. */
    private static void requireRoom(ZipFile zip, Path from, Path making) throws IOException {
        long free = Files.getFileStore(making).getUsableSpace() - KEPT;
        long needed = 0;
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            needed += Math.max(0, entry.getSize());
            if (entry.getSize() < 0 || needed < 0 || needed > free) {
                throw new StoreException(
                        StoreException.Problem.FULL,
                        from + " has more bytes in it than there is room for (" + Math.max(0, free)
                                + "); nothing was restored",
                        null);
            }
        }
    }

    private static void copy(InputStream content, Path file, long size) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                copied += read;
                if (copied > size) {
                    throw new ZipException("a file is longer than it says");
                }
                out.write(buffer, 0, read);
            }
            if (copied < size) {
                throw new ZipException("a file is shorter than it says");
            }
        }
    }

    /** Whether a name leads downwards only, on every system. */
    private static boolean isPlain(String name) {
        boolean plain = name.indexOf('\\') < 0 && name.chars().noneMatch(Character::isISOControl);
        for (String part : name.split("/", -1)) {
            plain &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        return plain;
    }

    /** Names come from others and go to a terminal. */
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }

    private static boolean isKnown(String name) {
        return name.equals(Backups.DATABASE)
                || Backups.DIRECTORIES.stream().anyMatch(directory -> name.startsWith(directory + "/"));
    }

    private static StoreException notWhole(Path from, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new StoreException(
                StoreException.Problem.DAMAGED, from + " is no whole copy of a data directory: " + why, cause);
    }

    /** Opens the database, which brings it to this version, and forgets files that were deleted while the copy was made. */
    private static long check(Path making) {
        try (Database database = Database.open(making)) {
            FileStore store = new FileStore(database);
            List<FileStore.Content> contents = store.contents();
            long there = 0;
            for (FileStore.Content content : contents) {
                Path file = making.resolve("files").resolve(content.spaceId()).resolve(content.id());
                if (Files.isRegularFile(file)) {
                    there++;
                } else {
                    database.change(() -> store.delete(content.id()));
                }
            }
            return there;
        }
    }
}
