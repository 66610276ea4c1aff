package ai.bctrl.local.internal.store;

import ai.bctrl.model.StorageFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the files of the spaces; their bytes lie elsewhere. Thread-safe. */
public final class FileStore {

    static final String BY_PATH = "SELECT * FROM stored_file WHERE space_id = :spaceId AND path = :path"
            + " ORDER BY space_id DESC, path DESC, seq DESC LIMIT 1";

    private final Database database;

    /** Creates a store. */
    public FileStore(Database database) {
        this.database = database;
    }

    /**
     * A file and its place in the order of creation.
     *
     * @param seq greater for a newer one
     * @param file the file
     */
    public record Numbered(long seq, StorageFile file) {}

    /** {@return at most so many files of a space below a place, newest first, with paths that begin so} */
    public List<Numbered> list(String spaceId, @Nullable String prefix, long below, int limit) {
        String sql = "SELECT * FROM stored_file WHERE space_id = :spaceId AND seq < :below"
                + (prefix == null ? "" : " AND LEFT(path, CHAR_LENGTH(:prefix)) = :prefix")
                // H2 takes the order from the index only where all of its columns are named.
                + " ORDER BY space_id DESC, seq DESC LIMIT :limit";
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("spaceId", spaceId)
                    .bind("below", below)
                    .bind("limit", limit);
            if (prefix != null) {
                query.bind("prefix", prefix);
            }
            return query.map((row, context) -> new Numbered(row.getLong("seq"), file(row)))
                    .list();
        });
    }

    /** {@return the file of a space, or null if there is none} */
    public @Nullable StorageFile find(String spaceId, String id) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT * FROM stored_file WHERE id = :id AND space_id = :spaceId")
                                .bind("id", id)
                                .bind("spaceId", spaceId)
                                .map((row, context) -> file(row))
                                .findOne()
                                .orElse(null));
    }

    /** {@return the newest file of a space at a path, or null if there is none} */
    public @Nullable StorageFile findByPath(String spaceId, String path) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(BY_PATH)
                        .bind("spaceId", spaceId)
                        .bind("path", path)
                        .map((row, context) -> file(row))
                        .findOne()
                        .orElse(null));
    }

    /** Where the bytes of a file lie and how many there are. */
    public record Content(String spaceId, String id, long sizeBytes) {}

    /** {@return the contents of all files} */
    public List<Content> contents() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT space_id, id, size_bytes FROM stored_file")
                        .map((row, context) -> new Content(
                                Columns.text(row, "space_id"), Columns.text(row, "id"), row.getLong("size_bytes")))
                        .list());
    }

    /** {@return the ids of the files of a space} */
    public Set<String> ids(String spaceId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM stored_file WHERE space_id = :spaceId")
                        .bind("spaceId", spaceId)
                        .mapTo(String.class)
                        .set());
    }

    /** Adds a file. */
    public void insert(String spaceId, StorageFile file) {
        String sql =
                "INSERT INTO stored_file (id, space_id, path, name, content_type, size_bytes, metadata, created_at)"
                        + " VALUES (:id, :spaceId, :path, :name, :contentType, :sizeBytes, :metadata, :createdAt)";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", file.id())
                        .bind("spaceId", spaceId)
                        .bind("path", file.path())
                        .bind("name", file.name())
                        .bind("contentType", file.contentType())
                        .bind("sizeBytes", file.sizeBytes())
                        .bind("metadata", Columns.json(file.metadata()))
                        .bind("createdAt", file.createdAt())
                        .execute());
    }

    /** Removes a file and the artifacts that rest on it. */
    public void delete(String id) {
        database.jdbi().useHandle(handle -> {
            handle.createUpdate("DELETE FROM artifact WHERE file_id = :id")
                    .bind("id", id)
                    .execute();
            handle.createUpdate("DELETE FROM stored_file WHERE id = :id")
                    .bind("id", id)
                    .execute();
        });
    }

    private static StorageFile file(ResultSet row) throws SQLException {
        return new StorageFile(
                Columns.text(row, "id"),
                Columns.text(row, "name"),
                Columns.text(row, "path"),
                Columns.text(row, "content_type"),
                row.getLong("size_bytes"),
                "ready",
                Columns.text(row, "created_at"),
                null,
                Columns.object(row, "metadata"));
    }
}
