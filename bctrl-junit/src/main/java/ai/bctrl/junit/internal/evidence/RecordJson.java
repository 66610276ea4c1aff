package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.model.WireName;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes records of the API as JSON again, with everything that was on the wire. */
final class RecordJson {
    private RecordJson() {}

    /** {@return a JSON array without secrets, with an element on each line} */
    static String lines(List<?> records, Redaction secrets) {
        return records.stream()
                .map(record -> secrets.json(of(record)).toString())
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    static JsonElement of(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement json) {
            return json;
        } else if (value instanceof WireName named) {
            return new JsonPrimitive(named.wireName());
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof Collection<?> items) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(of(item)));
            return array;
        } else if (value instanceof Record) {
            return ofRecord(value);
        }
        return new JsonPrimitive(value.toString());
    }

    private static JsonObject ofRecord(Object record) {
        JsonObject json = new JsonObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            if (component.getName().equals("extra") && value instanceof JsonObject extra) {
                extra.asMap().forEach(json::add);
            } else if (value != null) {
                json.add(component.getName(), of(value));
            }
        }
        return json;
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
