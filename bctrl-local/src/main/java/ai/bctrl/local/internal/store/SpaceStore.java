package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.Space;
import ai.bctrl.model.SpaceMounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spaces. Thread-safe. */
public final class SpaceStore {

    private final Database database;

    /** Creates a store. */
    public SpaceStore(Database database) {
        this.database = database;
    }

    /** {@return all spaces, oldest first} */
    public List<Space> list() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM space ORDER BY seq")
                        .map((row, context) -> space(row))
                        .list());
    }

    /** {@return the space, or null if there is none} */
    public @Nullable Space find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM space WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> space(row))
                        .findOne()
                        .orElse(null));
    }

    /** Adds a space. */
    public void insert(Space space) {
        String sql = "INSERT INTO space (id, name, region, mounts, metadata, subaccount, created_at, updated_at)"
                + " VALUES (:id, :name, :region, :mounts, :metadata, :subaccount, :createdAt, :updatedAt)";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("id", space.id())
                        .bind("name", space.name())
                        .bind("region", space.region())
                        .bind("mounts", Json.write(space.mounts()))
                        .bind("metadata", Columns.json(space.metadata()))
                        .bind("subaccount", space.subaccountId())
                        .bind("createdAt", space.createdAt())
                        .bind("updatedAt", space.updatedAt())
                        .execute());
    }

    /** Writes name, mounts and time of change. */
    public void update(Space space) {
        String sql = "UPDATE space SET name = :name, mounts = :mounts, updated_at = :updatedAt WHERE id = :id";
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(sql)
                        .bind("name", space.name())
                        .bind("mounts", Json.write(space.mounts()))
                        .bind("updatedAt", space.updatedAt())
                        .bind("id", space.id())
                        .execute());
    }

    /** Removes a space with all that is known of its runtimes, runs and files. */
    public void delete(String id) {
        database.jdbi().useHandle(handle -> {
            for (String sql : List.of(
                    "DELETE FROM artifact WHERE space_id = :id",
                    "DELETE FROM stored_file WHERE space_id = :id",
                    "DELETE FROM command WHERE run_id IN (SELECT id FROM run WHERE space_id = :id)",
                    "DELETE FROM event WHERE run_id IN (SELECT id FROM run WHERE space_id = :id)",
                    "DELETE FROM recording WHERE run_id IN (SELECT id FROM run WHERE space_id = :id)",
                    "DELETE FROM connection WHERE runtime_id IN (SELECT id FROM runtime WHERE space_id = :id)",
                    "DELETE FROM run WHERE space_id = :id",
                    "DELETE FROM runtime WHERE space_id = :id",
                    "DELETE FROM space WHERE id = :id")) {
                handle.createUpdate(sql).bind("id", id).execute();
            }
        });
    }

    private static Space space(ResultSet row) throws SQLException {
        return new Space(
                Columns.text(row, "id"),
                Columns.text(row, "name"),
                row.getString("region"),
                Json.read(Columns.text(row, "mounts"), SpaceMounts.class),
                Columns.object(row, "metadata"),
                row.getString("subaccount"),
                Columns.text(row, "created_at"),
                Columns.text(row, "updated_at"));
    }
}
