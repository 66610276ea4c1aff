package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.FileStore;
import ai.bctrl.model.FileQuery;
import ai.bctrl.model.StorageFile;
import ai.bctrl.model.StorageFileList;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The durable files of the spaces. Thread-safe. */
public final class StoredFiles {

    private static final String LIST = "f";

    private final Database database;
    private final FileStore store;
    private final RuntimeLookup lookup;
    private final FileContents contents;
    private final InstantSource clock;

    /**
     * Creates the files of a database.
     *
     * @param root where their bytes lie
     * @param maxBytes the most that one file may have
     * @param durable whether what was stored is to be there after a loss of power
     */
    public StoredFiles(Database database, Path root, long maxBytes, boolean durable, InstantSource clock) {
        this.database = database;
        this.store = new FileStore(database);
        this.lookup = new RuntimeLookup(database);
        this.contents = new FileContents(root, maxBytes, durable, database.room());
        this.clock = clock;
    }

    /** Removes the bytes that an earlier process wrote for files it did not come to add; before anything else is asked. */
    public void recover() {
        contents.removeUnknown(store::ids);
    }

    /** {@return the most bytes that one file may have} */
    public long maxBytes() {
        return contents.maxBytes();
    }

    /** {@return a directory for files that arrive; see {@link #adopt}} */
    public Path arrivals() {
        return contents.arrivals();
    }

    /** {@return what to say where a file could not be written while it arrived} */
    public ApiProblem writeProblem(Exception failed) {
        return contents.problem(failed);
    }

    /** How the bytes of a new file are written. */
    @FunctionalInterface
    interface Source {
        /** Returns the size. */
        long writeTo(FileContents contents, String spaceId, String fileId);

        static Source of(InputStream content) {
            return (contents, spaceId, fileId) -> contents.write(spaceId, fileId, content);
        }

        static Source of(Path file) {
            return (contents, spaceId, fileId) -> contents.copy(spaceId, fileId, file);
        }
    }

    /**
     * Stores a file. Waits for the content and the disk.
     *
     * @param content is read to its end and not closed
     * @throws ApiProblem 404; 400 for a name or path that does not fit; 413 {@code file.too_large}; 507 {@code storage.full}
     */
    public StorageFile add(String spaceId, NewFile file, InputStream content) {
        return add(spaceId, file, Source.of(content), stored -> {});
    }

    /** Stores a copy of a file, as {@link #add(String, NewFile, InputStream)} does. */
    public StorageFile add(String spaceId, NewFile file, Path content) {
        return add(spaceId, file, Source.of(content), stored -> {});
    }

    /** Stores a file that lies in {@link #arrivals()} and is moved away from there, as the other methods do. */
    public StorageFile adopt(String spaceId, NewFile file, Path arrived) {
        return add(spaceId, file, (into, space, id) -> into.adopt(space, id, arrived), stored -> {});
    }

    /**
     * Stores a file together with what depends on it.
     *
     * @param alongside is done within the change that adds the file; if it fails, nothing is left
     */
    StorageFile add(String spaceId, NewFile file, Source source, Consumer<StorageFile> alongside) {
        lookup.space(spaceId);
        database.room().require();
        String givenPath = file.path() == null ? null : FileNames.requireRelative("path", file.path());
        String givenName = file.name() == null ? null : FileNames.requireName("name", file.name());
        String name = givenName != null ? givenName : givenPath == null ? "file" : FileNames.last(givenPath);
        String id = UUID.randomUUID().toString();
        boolean added = false;
        try {
            long size = source.writeTo(contents, spaceId, id);
            StorageFile stored = new StorageFile(
                    id,
                    name.length() > 255 ? FileNames.safe(name) : name,
                    givenPath == null ? name : givenPath,
                    FileNames.mediaType(file.contentType()),
                    size,
                    "ready",
                    Timestamps.now(clock),
                    null,
                    file.metadata());
            database.change(() -> {
                lookup.space(spaceId);
                store.insert(spaceId, stored);
                alongside.accept(stored);
            });
            added = true;
            return stored;
        } finally {
            if (!added) {
                contents.remove(spaceId, id);
            }
        }
    }

    /**
     * Lists the files of a space, newest first.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 404; 400 for a cursor that is none
     */
    public StorageFileList list(String spaceId, FileQuery query) {
        lookup.space(spaceId);
        int limit = Objects.requireNonNull(query.limit());
        List<FileStore.Numbered> found =
                store.list(spaceId, query.prefix(), Cursors.decode(LIST, query.cursor(), Long.MAX_VALUE), limit + 1);
        boolean more = found.size() > limit;
        List<FileStore.Numbered> page = more ? found.subList(0, limit) : found;
        return new StorageFileList(
                page.stream().map(FileStore.Numbered::file).toList(),
                more ? Cursors.encode(LIST, page.get(limit - 1).seq()) : null);
    }

    /**
     * {@return the file}
     *
     * @throws ApiProblem 404 {@code space.not_found}, {@code file.not_found}
     */
    public StorageFile get(String spaceId, String id) {
        lookup.space(spaceId);
        StorageFile file = store.find(spaceId, id);
        if (file == null) {
            throw ApiProblem.notFound("file", id);
        }
        return file;
    }

    /** The newest file at a path, or null if there is none. */
    @Nullable
    StorageFile findByPath(String spaceId, String path) {
        return store.findByPath(spaceId, path);
    }

    /**
     * {@return where the bytes of a file lie; nobody may change them}
     *
     * @param file one of the space
     */
    public Path content(String spaceId, StorageFile file) {
        return contents.path(spaceId, file.id());
    }

    Path content(String spaceId, String fileId) {
        return contents.path(spaceId, fileId);
    }

    /**
     * Removes a file and the artifacts that rest on it.
     *
     * @throws ApiProblem 404
     */
    public void delete(String spaceId, String id) {
        StorageFile file = get(spaceId, id);
        database.change(() -> store.delete(file.id()));
        contents.remove(spaceId, file.id());
    }

    /** Removes the bytes of files that are known no more. */
    void removeContents(String spaceId, List<String> ids) {
        ids.forEach(id -> contents.remove(spaceId, id));
    }

    /** Removes the bytes of a space that is deleted. */
    void removeAll(String spaceId) {
        contents.removeAll(spaceId);
    }
}
