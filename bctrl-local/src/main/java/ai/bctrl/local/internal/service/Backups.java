package ai.bctrl.local.internal.service;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.DirectoryLock;
import ai.bctrl.local.internal.store.StoreException;
import com.google.gson.JsonObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a data directory in one zip file: first the database as it is at some moment, then the files that it knows. What is
 * acknowledged before the copy begins is in it. Thread-safe; all methods wait for the disk.
 */
public final class Backups {

    /** The last entry. A file without it is not whole. */
    static final String LAST = "backup.json";

    static final String DATABASE = "bctrl.mv.db";
    static final List<String> DIRECTORIES = List.of("files", "recordings", "profiles");

    private static final String SNAPSHOT = "backup-";

    private final Database database;
    private final Path data;

    /**
     * Makes copies of a data directory that is in use by us. Removes what an earlier process left of one.
     *
     * @param data the directory of the database
     */
    public Backups(Database database, Path data) {
        this.database = database;
        this.data = data;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(data, SNAPSHOT + "*.tmp")) {
            for (Path snapshot : left) {
                Files.deleteIfExists(snapshot);
            }
        } catch (IOException unreadable) {
            // It is tried again at the next start.
        }
    }

    /**
     * Copies the directory while it is used.
     *
     * @param out gets the zip file and stays open
     * @throws IOException if it cannot be written, or a file cannot be read
     */
    public void write(OutputStream out) throws IOException {
        Path snapshot = Files.createTempFile(data, SNAPSHOT, ".tmp");
        try (ZipOutputStream zip = open(out)) {
            database.copyTo(snapshot);
            try (ZipInputStream copied = new ZipInputStream(Files.newInputStream(snapshot))) {
                if (copied.getNextEntry() == null) {
                    throw new IOException("the copy of the database is empty");
                }
                zip.putNextEntry(new ZipEntry(DATABASE));
                copied.transferTo(zip);
                zip.closeEntry();
            }
            finish(zip, data, 1);
        } finally {
            Files.deleteIfExists(snapshot);
        }
    }

    /**
     * Copies a directory that nobody uses.
     *
     * @throws StoreException if somebody does
     * @throws IOException as {@link #write}
     */
    public static void writeUnused(Path data, OutputStream out) throws IOException {
        DirectoryLock ours = DirectoryLock.take(data);
        try (ZipOutputStream zip = open(out)) {
            Path database = data.resolve(DATABASE);
            if (!Files.isRegularFile(database)) {
                throw new StoreException(
                        StoreException.Problem.OTHER, "there is no database in " + data + "; nothing to copy", null);
            }
            add(zip, DATABASE, database);
            finish(zip, data, 1);
        } finally {
            ours.close();
        }
    }

    /** Closing it leaves the stream below open. */
    private static ZipOutputStream open(OutputStream out) {
        ZipOutputStream zip = new ZipOutputStream(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        });
        zip.setLevel(Deflater.BEST_SPEED);
        return zip;
    }

    private static void finish(ZipOutputStream zip, Path data, int entries) throws IOException {
        int count = entries;
        for (String name : DIRECTORIES) {
            Path root = data.resolve(name);
            if (!Files.isDirectory(root)) {
                continue;
            }
            for (Path file : below(root)) {
                if (isWhole(file)) {
                    count += add(zip, data.relativize(file).toString().replace('\\', '/'), file);
                }
            }
        }
        JsonObject last = new JsonObject();
        last.addProperty("format", 1);
        last.addProperty("createdAt", Instant.now().toString());
        last.addProperty("entries", count);
        zip.putNextEntry(new ZipEntry(LAST));
        zip.write(Json.write(last).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Files may come and go meanwhile. */
    private static List<Path> below(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static boolean isWhole(Path file) {
        Path parent = file.getParent();
        return !file.getFileName().toString().endsWith(".part") && (parent == null || !parent.endsWith("arriving"));
    }

    /** Tells how many were added: none if the file was removed meanwhile, which is then not known by the next start either. */
    private static int add(ZipOutputStream zip, String name, Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            content.transferTo(zip);
            zip.closeEntry();
            return 1;
        } catch (NoSuchFileException removed) {
            return 0;
        }
    }
}
