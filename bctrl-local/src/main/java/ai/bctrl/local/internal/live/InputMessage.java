package ai.bctrl.local.internal.live;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** What a viewer says: an object with a {@code type}; each value is checked when it is asked for. Not thread-safe. */
final class InputMessage {

    /** A value that does not fit; the message is for the viewer. */
    static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message);
        }
    }

    private final JsonObject json;

    private InputMessage(JsonObject json) {
        this.json = json;
    }

    static InputMessage parse(String text) {
        try {
            return new InputMessage(Json.parseObject(text));
        } catch (BctrlDecodingException unfit) {
            throw new UnfitException("A message must be a JSON object.");
        }
    }

    private static InputMessage of(JsonElement element) {
        if (element instanceof JsonObject object) {
            return new InputMessage(object);
        }
        throw new UnfitException("A value must be a JSON object.");
    }

    String type() {
        return text("type", 40);
    }

    boolean has(String name) {
        return json.has(name) && !json.get(name).isJsonNull();
    }

    /** A text of at most so many characters. */
    String text(String name, int most) {
        if (json.get(name) instanceof JsonPrimitive value
                && value.isString()
                && value.getAsString().length() <= most) {
            return value.getAsString();
        }
        throw new UnfitException(name + " must be a text of at most " + most + " characters.");
    }

    double number(String name, double least, double most) {
        if (json.get(name) instanceof JsonPrimitive value && value.isNumber()) {
            double number = value.getAsDouble();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new UnfitException(name + " must be a number from " + least + " to " + most + ".");
    }

    int integer(String name, int least, int most) {
        return (int) number(name, least, most);
    }

    int integerOr(String name, int least, int most, int otherwise) {
        return has(name) ? integer(name, least, most) : otherwise;
    }

    boolean flag(String name) {
        return json.get(name) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    /** The objects of a list, at most 10. */
    Iterable<InputMessage> list(String name) {
        if (json.get(name) instanceof JsonArray array && array.size() <= 10) {
            return array.asList().stream().map(InputMessage::of).toList();
        }
        throw new UnfitException(name + " must be a list of at most 10 objects.");
    }
}
