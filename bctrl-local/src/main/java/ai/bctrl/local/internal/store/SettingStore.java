package ai.bctrl.local.internal.store;

import org.jspecify.annotations.Nullable;

/** Single values by their names. Thread-safe. */
public final class SettingStore {

    private final Database database;

    /** Creates a store. */
    public SettingStore(Database database) {
        this.database = database;
    }

    /** {@return the value, or null if there is none} */
    public @Nullable String find(String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT content FROM setting WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
    }

    /** Writes a value for good; the first one stays. */
    public void insert(String name, String value) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("INSERT INTO setting (name, content) VALUES (:name, :value)")
                        .bind("name", name)
                        .bind("value", value)
                        .execute());
    }
}
