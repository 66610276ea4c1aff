package ai.bctrl.junit.internal.har;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.function.UnaryOperator;

/** Reads members of JSON that may be absent. */
final class Json {
    private Json() {}

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    static double number(JsonObject object, String name, double absent) {
        return object.get(name) instanceof JsonPrimitive value && value.isNumber() ? value.getAsDouble() : absent;
    }

    static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject value ? value : new JsonObject();
    }

    static JsonArray array(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray value ? value : new JsonArray();
    }

    /** Changes a member that is a text. */
    static void map(JsonObject object, String name, UnaryOperator<String> change) {
        if (object.get(name) instanceof JsonPrimitive value && value.isString()) {
            object.add(name, new JsonPrimitive(change.apply(value.getAsString())));
        }
    }

    /** {@return the objects in the array} */
    static Iterable<JsonObject> objects(JsonArray array) {
        return () -> array.asList().stream()
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .iterator();
    }
}
