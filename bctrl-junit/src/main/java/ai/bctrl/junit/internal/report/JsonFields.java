package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON that may lack anything, or have it with another type. */
final class JsonFields {
    private static final long LARGEST_FILE = 24L << 20;

    private JsonFields() {}

    /** {@return the JSON in a file} Fails with a message for people if it is none, or too large to be looked at. */
    static JsonElement read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new IOException("it has " + size + " bytes, which is too large for this report");
        }
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    static JsonElement parse(String text) throws IOException {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("it is not whole JSON", e);
        }
    }

    static @Nullable String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }

    static String text(JsonObject json, String name, String otherwise) {
        String value = text(json, name);
        return value == null ? otherwise : value;
    }

    static long number(JsonObject json, String name, long otherwise) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            return otherwise;
        }
        try {
            return Math.round(value.getAsDouble());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** {@return the objects of an array; whatever else is in it is left out} */
    static List<JsonObject> objects(@Nullable JsonElement json) {
        List<JsonObject> objects = new ArrayList<>();
        if (json instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /** Sets a member unless there is no value. */
    static void put(JsonObject json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.addProperty(name, value);
        }
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
