package ai.bctrl.local.internal.store;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads columns. */
final class Columns {

    private Columns() {}

    static String text(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        if (value == null) {
            throw new SQLException("column " + column + " holds NULL");
        }
        return value;
    }

    static @Nullable JsonObject object(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? null : Json.parseObject(value);
    }

    static @Nullable String json(@Nullable JsonObject value) {
        return value == null ? null : Json.write(value);
    }
}
