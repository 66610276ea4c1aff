package ai.bctrl.internal.json;

import ai.bctrl.model.WireName;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns records into JSON trees. Thread-safe. */
final class RecordEncoder {
    JsonElement encode(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement element) {
            return element;
        } else if (value instanceof WireName named) {
            return new JsonPrimitive(named.wireName());
        } else if (value instanceof String text) {
            return new JsonPrimitive(text);
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof Collection<?> items) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(encode(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, item) -> object.add(String.valueOf(key), encode(item)));
            return object;
        } else if (value instanceof Record) {
            return encodeRecord(value, RecordShape.of(value.getClass()));
        }
        throw new IllegalArgumentException("cannot write " + value.getClass().getName() + " as JSON");
    }

    private JsonElement encodeRecord(Object record, RecordShape shape) {
        if (!shape.hasExtra() && shape.tag() == null && shape.components().size() == 1) {
            RecordShape.Component only = shape.components().get(0);
            if (only.name().equals("json") && shape.value(only, record) instanceof JsonElement whole) {
                return whole;
            }
        }
        JsonObject json = new JsonObject();
        if (shape.tag() != null) {
            json.addProperty(shape.tag(), shape.variant());
        }
        JsonObject extra = shape.hasExtra() ? shape.extra(record) : new JsonObject();
        for (RecordShape.Component component : shape.components()) {
            Object value = shape.value(component, record);
            if (extra.has(component.name())) {
                json.add(component.name(), extra.get(component.name()));
            } else if (value != null) {
                json.add(component.name(), encode(value));
            } else if (component.writtenAsNull()) {
                json.add(component.name(), JsonNull.INSTANCE);
            }
        }
        extra.asMap().forEach(json::add);
        return json;
    }
}
