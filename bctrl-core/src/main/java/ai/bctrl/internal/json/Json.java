package ai.bctrl.internal.json;

import ai.bctrl.error.BctrlDecodingException;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** Reads and writes JSON. Thread-safe. */
public final class Json {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final TypeAdapter<JsonElement> TREE = GSON.getAdapter(JsonElement.class);
    private static final RecordDecoder TOLERANT = new RecordDecoder(false);
    private static final RecordDecoder STRICT = new RecordDecoder(true);
    private static final RecordEncoder ENCODER = new RecordEncoder();

    private Json() {}

    /**
     * Reads what a newer version may have written: what is not known survives in {@code extra}, {@code UNKNOWN} and {@code
     * Unknown}.
     *
     * @throws BctrlDecodingException if the text is not JSON or does not have the shape of the type
     */
    public static <T> T read(String text, Class<T> type) {
        return TOLERANT.decode(parse(text), type);
    }

    /**
     * Reads what must fit exactly: fields, values and variants that are not known are refused.
     *
     * @throws BctrlDecodingException if the text is not JSON or does not have the shape of the type
     */
    public static <T> T readStrictly(String text, Class<T> type) {
        return STRICT.decode(parse(text), type);
    }

    /** {@return the JSON text of a record, or of a tree} */
    public static String write(Object value) {
        return GSON.toJson(tree(value));
    }

    /** {@return the JSON tree of a record, a list, a map or a plain value} */
    public static JsonElement tree(Object value) {
        return value instanceof JsonElement element ? element : ENCODER.encode(value);
    }

    /**
     * Parses an object.
     *
     * @throws BctrlDecodingException if the text is not a JSON object
     */
    public static JsonObject parseObject(String text) {
        if (parse(text) instanceof JsonObject object) {
            return object;
        }
        throw new BctrlDecodingException("", "must be a JSON object", null);
    }

    private static JsonElement parse(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement element = TREE.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new BctrlDecodingException("", "not JSON: text after its end", null);
            }
            return element;
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException malformed) {
            throw new BctrlDecodingException("", "not JSON: " + firstLine(malformed), malformed);
        }
    }

    private static String firstLine(Exception malformed) {
        String message = String.valueOf(malformed.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
