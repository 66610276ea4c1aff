package ai.bctrl.local.internal.store;

import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RuntimeType;
import com.google.gson.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The artifacts of the runs; each rests on a stored file. Thread-safe. */
public final class ArtifactStore {

    private static final String SELECT = "SELECT a.*, f.path, f.content_type, f.size_bytes FROM artifact a";

    private final Database database;

    /** Creates a store. */
    public ArtifactStore(Database database) {
        this.database = database;
    }

    /**
     * Which artifacts to list.
     *
     * @param spaceId null for those of any space
     * @param runId null for those of any run
     * @param runtimeId null for those of any runtime
     * @param kinds empty for any
     */
    public record Filter(
            @Nullable String spaceId,
            @Nullable String runId,
            @Nullable String runtimeId,
            List<String> kinds) {

        public Filter {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * An artifact, its space and its place in the order of creation.
     *
     * @param seq greater for a newer one
     * @param spaceId UUID of its space
     * @param artifact the artifact, without the address of its content
     */
    public record Numbered(long seq, String spaceId, RunArtifact artifact) {}

    /** {@return at most so many artifacts below a place, newest first} */
    public List<Numbered> list(Filter filter, long below, int limit) {
        String sql = sql(filter);
        return database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql).bind("below", below).bind("limit", limit);
            if (filter.spaceId() != null) {
                query.bind("spaceId", filter.spaceId());
            }
            if (filter.runId() != null) {
                query.bind("runId", filter.runId());
            }
            if (filter.runtimeId() != null) {
                query.bind("runtimeId", filter.runtimeId());
            }
            if (!filter.kinds().isEmpty()) {
                query.bindList("kinds", filter.kinds());
            }
            return query.map((row, context) -> numbered(row)).list();
        });
    }

    /**
     * H2 takes the order from the index only where all of its columns are named, the one that is equal as well, and begins with
     * the files where it may: each artifact has one, so a left join finds the same.
     */
    static String sql(Filter filter) {
        String first = filter.runId() != null
                ? "a.run_id DESC, "
                : filter.runtimeId() != null
                        ? "a.runtime_id DESC, "
                        : filter.spaceId() != null ? "a.space_id DESC, " : "";
        return SELECT + " LEFT JOIN stored_file f ON f.id = a.file_id WHERE a.seq < :below"
                + (filter.spaceId() == null ? "" : " AND a.space_id = :spaceId")
                + (filter.runId() == null ? "" : " AND a.run_id = :runId")
                + (filter.runtimeId() == null ? "" : " AND a.runtime_id = :runtimeId")
                + (filter.kinds().isEmpty() ? "" : " AND a.kind IN (<kinds>)")
                + " ORDER BY " + first + "a.seq DESC LIMIT :limit";
    }

    /** {@return the artifact, or null if there is none} */
    public @Nullable Numbered find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                SELECT + " JOIN stored_file f ON f.id = a.file_id WHERE a.id = :id")
                        .bind("id", id)
                        .map((row, context) -> numbered(row))
                        .findOne()
                        .orElse(null));
    }

    /** Adds an artifact, whose file is there. */
    public void insert(String spaceId, RunArtifact artifact) {
        String sql = "INSERT INTO artifact (id, run_id, runtime_id, space_id, kind, name, file_id, extra, created_at)"
                + " VALUES (:id, :runId, :runtimeId, :spaceId, :kind, :name, :fileId, :extra, :createdAt)";
        JsonObject extra = artifact.extra();
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", artifact.id())
                        .bind("runId", artifact.runId())
                        .bind("runtimeId", artifact.runtimeId())
                        .bind("spaceId", spaceId)
                        .bind("kind", artifact.kind())
                        .bind("name", artifact.name())
                        .bind("fileId", artifact.fileId())
                        .bind("extra", extra.isEmpty() ? null : Columns.json(extra))
                        .bind("createdAt", artifact.createdAt())
                        .execute());
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        JsonObject extra = Columns.object(row, "extra");
        RunArtifact artifact = new RunArtifact(
                Columns.text(row, "id"),
                Columns.text(row, "run_id"),
                Columns.text(row, "runtime_id"),
                RuntimeType.BROWSER,
                Columns.text(row, "kind"),
                Columns.text(row, "name"),
                Columns.text(row, "file_id"),
                Columns.text(row, "path"),
                Columns.text(row, "content_type"),
                row.getLong("size_bytes"),
                Columns.text(row, "created_at"),
                null,
                extra == null ? new JsonObject() : extra);
        return new Numbered(row.getLong("seq"), Columns.text(row, "space_id"), artifact);
    }
}
