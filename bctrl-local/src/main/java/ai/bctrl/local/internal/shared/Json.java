package ai.bctrl.local.internal.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes and reads the messages of the protocol. */
final class Json {

    private static final int SERVER_ERROR = -32000;

    private Json() {}

    static String command(long id, String method, JsonObject params, @Nullable String session) {
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", params);
        return withSession(message, session).toString();
    }

    static JsonObject result(JsonObject result) {
        JsonObject message = new JsonObject();
        message.add("result", result);
        return message;
    }

    static JsonObject error(String text) {
        JsonObject error = new JsonObject();
        error.addProperty("code", SERVER_ERROR);
        error.addProperty("message", text);
        JsonObject message = new JsonObject();
        message.add("error", error);
        return message;
    }

    /**
     * An answer to somebody's command.
     *
     * @param answer has a {@code result} or an {@code error}
     */
    static String answer(long id, JsonObject answer, @Nullable String session) {
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        String which = answer.has("error") ? "error" : "result";
        message.add(which, answer.has(which) ? answer.get(which) : new JsonObject());
        return withSession(message, session).toString();
    }

    static String event(String method, JsonObject params, @Nullable String session) {
        JsonObject message = new JsonObject();
        message.addProperty("method", method);
        message.add("params", params);
        return withSession(message, session).toString();
    }

    private static JsonObject withSession(JsonObject message, @Nullable String session) {
        if (session != null) {
            message.addProperty("sessionId", session);
        }
        return message;
    }

    /** A field that is a string; null where it is none. */
    static @Nullable String text(@Nullable JsonObject object, String name) {
        return object != null && object.get(name) instanceof JsonPrimitive value && value.isString()
                ? value.getAsString()
                : null;
    }

    static boolean flag(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    static JsonObject object(@Nullable JsonObject object, String name) {
        return object != null && object.get(name) instanceof JsonObject value ? value : new JsonObject();
    }

    static JsonObject of(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    static JsonArray array(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonArray list(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray value ? value : new JsonArray();
    }

    static @Nullable Integer number(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsInt() : null;
    }
}
