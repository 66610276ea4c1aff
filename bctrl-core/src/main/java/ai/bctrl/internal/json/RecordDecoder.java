package ai.bctrl.internal.json;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.model.WireName;
import ai.bctrl.model.WireUnion;
import ai.bctrl.model.WireVariant;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns JSON trees into records. Every complaint names the place. Thread-safe. */
final class RecordDecoder {
    private static final String UNKNOWN = "UNKNOWN";

    private final boolean strict;

    /** Creates a decoder; a strict one refuses what it does not know. */
    RecordDecoder(boolean strict) {
        this.strict = strict;
    }

    <T> T decode(JsonElement json, Class<T> type) {
        return type.cast(decode(json, (Type) type, ""));
    }

    private Object decode(JsonElement json, Type type, String path) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return decodeList(json, list.getActualTypeArguments()[0], path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return primitive(json, path, "a string", JsonPrimitive::isString).getAsString();
        } else if (plain == Boolean.class) {
            return primitive(json, path, "true or false", JsonPrimitive::isBoolean)
                    .getAsBoolean();
        } else if (plain == Integer.class) {
            return (int) integer(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (plain == Long.class) {
            return integer(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (plain == JsonElement.class) {
            return json;
        } else if (plain == JsonObject.class) {
            return object(json, path);
        } else if (plain.isEnum()) {
            return decodeEnum(json, plain, path);
        } else if (plain.isAnnotationPresent(WireUnion.class)) {
            return decodeUnion(object(json, path), plain, path);
        }
        return decodeRecord(object(json, path), RecordShape.of(plain), path);
    }

    private List<Object> decodeList(JsonElement json, Type item, String path) {
        if (!(json instanceof JsonArray array)) {
            throw mismatch(json, path, "an array");
        }
        List<Object> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            items.add(decode(array.get(i), item, path + "[" + i + "]"));
        }
        return items;
    }

    private Object decodeEnum(JsonElement json, Class<?> type, String path) {
        String text = primitive(json, path, "a string", JsonPrimitive::isString).getAsString();
        Object unknown = null;
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(UNKNOWN)) {
                unknown = constant;
            } else if (((WireName) constant).wireName().equals(text)) {
                return constant;
            }
        }
        if (strict || unknown == null) {
            throw new BctrlDecodingException(path, "\"" + text + "\" is not one of " + known(type), null);
        }
        return unknown;
    }

    private static String known(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> !((Enum<?>) constant).name().equals(UNKNOWN))
                .map(constant -> ((WireName) constant).wireName())
                .collect(Collectors.joining(", "));
    }

    private Object decodeUnion(JsonObject json, Class<?> union, String path) {
        String tag = union.getAnnotation(WireUnion.class).tag();
        JsonElement found = json.get(tag);
        Class<?> unknown = null;
        List<String> variants = new ArrayList<>();
        for (Class<?> variant : union.getPermittedSubclasses()) {
            WireVariant marked = variant.getAnnotation(WireVariant.class);
            if (marked == null) {
                unknown = variant;
            } else if (new JsonPrimitive(marked.value()).equals(found)) {
                return decodeRecord(json, RecordShape.of(variant), path);
            } else {
                variants.add(marked.value());
            }
        }
        if (strict || unknown == null) {
            throw new BctrlDecodingException(
                    child(path, tag),
                    (found == null ? "is required; it must be one of " : found + " is not one of ")
                            + String.join(", ", variants),
                    null);
        }
        return RecordShape.of(unknown).create(List.of(json));
    }

    private Object decodeRecord(JsonObject json, RecordShape shape, String path) {
        JsonObject extra = json.deepCopy();
        if (shape.tag() != null) {
            extra.remove(shape.tag());
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordShape.Component component : shape.components()) {
            JsonElement element = json.get(component.name());
            String place = child(path, component.name());
            Object value =
                    RecordShape.isNull(element) ? absent(component, place) : decode(element, component.type(), place);
            values.add(value);
            if (!holdsUnknown(value)) {
                extra.remove(component.name());
            }
        }
        if (shape.hasExtra()) {
            values.add(extra);
        }
        if (strict && extra.size() > 0) {
            String field = extra.keySet().iterator().next();
            throw new BctrlDecodingException(
                    child(path, field),
                    "there is no such field; known are "
                            + shape.components().stream()
                                    .map(RecordShape.Component::name)
                                    .collect(Collectors.joining(", ")),
                    null);
        }
        try {
            return shape.create(values);
        } catch (IllegalArgumentException refused) {
            throw new BctrlDecodingException(path, String.valueOf(refused.getMessage()), refused);
        }
    }

    private static @Nullable Object absent(RecordShape.Component component, String place) {
        if (component.required()) {
            throw new BctrlDecodingException(place, "is required", null);
        }
        return null;
    }

    private static boolean holdsUnknown(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(RecordDecoder::holdsUnknown);
        }
        return value instanceof Enum<?> constant && constant.name().equals(UNKNOWN);
    }

    private static JsonObject object(JsonElement json, String path) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw mismatch(json, path, "an object");
    }

    private static JsonPrimitive primitive(
            JsonElement json, String path, String expected, java.util.function.Predicate<JsonPrimitive> fits) {
        if (json instanceof JsonPrimitive primitive && fits.test(primitive)) {
            return primitive;
        }
        throw mismatch(json, path, expected);
    }

    private static long integer(JsonElement json, String path, long least, long most) {
        JsonPrimitive number = primitive(json, path, "an integer", JsonPrimitive::isNumber);
        try {
            BigDecimal value = number.getAsBigDecimal();
            // An exponent of a billion would make longValueExact build a number of a billion digits.
            if (value.precision() - value.scale() > 19) {
                throw new ArithmeticException();
            }
            long whole = value.longValueExact();
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException | NumberFormatException notWhole) {
            // The complaint below is the same for both.
        }
        throw mismatch(json, path, "an integer");
    }

    private static BctrlDecodingException mismatch(JsonElement json, String path, String expected) {
        String kind;
        if (json.isJsonObject()) {
            kind = "an object";
        } else if (json.isJsonArray()) {
            kind = "an array";
        } else if (json.isJsonNull()) {
            kind = "null";
        } else {
            // The value itself stays out of the message: it may be a secret in the wrong place.
            JsonPrimitive primitive = json.getAsJsonPrimitive();
            kind = primitive.isString() ? "a string" : primitive.isNumber() ? "the number " + json : json.toString();
        }
        return new BctrlDecodingException(path, "must be " + expected + ", not " + kind, null);
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
