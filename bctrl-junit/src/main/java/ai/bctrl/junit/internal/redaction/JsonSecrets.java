package ai.bctrl.junit.internal.redaction;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows what is secret in JSON. Immutable. */
final class JsonSecrets {
    private final Redaction redaction;

    JsonSecrets(Redaction redaction) {
        this.redaction = redaction;
    }

    /** @param sure if a secret name always holds a secret; else it may hold a caption for one */
    void learn(JsonElement element, boolean sure) {
        if (element instanceof JsonArray array) {
            array.forEach(item -> learn(item, sure));
        } else if (element instanceof JsonObject object) {
            String named = pairName(object);
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                String name = named != null && isPairValue(member.getKey()) ? named : member.getKey();
                if (named != null && isCookie(object) && member.getKey().equals("value") && isText(member.getValue())) {
                    redaction.learnHeader(
                            "cookie", name + "=" + member.getValue().getAsString());
                } else if (redaction.isSecretName(name)) {
                    learnSecret(name, member.getValue(), sure);
                } else {
                    learn(member.getValue(), sure);
                }
            }
        }
    }

    private void learnSecret(String name, JsonElement element, boolean sure) {
        if (isText(element)) {
            if (sure) {
                redaction.learn(element.getAsString());
                redaction.learnHeader(name, element.getAsString());
            } else {
                redaction.learnIfPlausible(element.getAsString());
            }
        } else if (element instanceof JsonArray array) {
            array.forEach(item -> learnSecret(name, item, sure));
        } else if (element instanceof JsonObject object && object.size() == 1 && object.has("s")) {
            // What Playwright makes of a text when it evaluates a script.
            learnSecret(name, object.get("s"), sure);
        } else if (element instanceof JsonObject object) {
            learn(object, sure);
            object.entrySet().stream()
                    .map(Map.Entry::getValue)
                    .filter(JsonSecrets::isText)
                    .forEach(value -> redaction.learnIfOpaque(value.getAsString()));
        }
    }

    JsonElement hide(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray hidden = new JsonArray(array.size());
            array.forEach(item -> hidden.add(hide(item)));
            return hidden;
        } else if (element instanceof JsonObject object) {
            return hide(object);
        } else if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return new JsonPrimitive(redaction.text(primitive.getAsString()));
        } else if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            String number = primitive.getAsString();
            return redaction.holdsLearned(number) ? new JsonPrimitive(Redaction.REPLACEMENT) : element;
        }
        return element;
    }

    private JsonObject hide(JsonObject object) {
        JsonObject hidden = new JsonObject();
        String named = pairName(object);
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            String key = member.getKey();
            String name = named != null && isPairValue(key) ? named : key;
            JsonElement value = member.getValue();
            String safeKey = redaction.holdsLearned(key) ? redaction.text(key) : key;
            boolean cookie = named != null && key.equals("value") && isCookie(object);
            if (cookie && isText(value) && !value.getAsString().isEmpty()) {
                hidden.addProperty(safeKey, Redaction.REPLACEMENT);
            } else {
                hidden.add(safeKey, redaction.isSecretName(name) ? hideAll(name, value) : hide(value));
            }
        }
        return hidden;
    }

    private JsonElement hideAll(String name, JsonElement element) {
        if (isText(element)) {
            return new JsonPrimitive(redaction.header(name, element.getAsString()));
        } else if (element instanceof JsonArray array) {
            JsonArray hidden = new JsonArray(array.size());
            array.forEach(item -> hidden.add(hideAll(name, item)));
            return hidden;
        } else if (element instanceof JsonObject object) {
            JsonObject hidden = new JsonObject();
            object.entrySet().forEach(member -> hidden.add(member.getKey(), hideAll(name, member.getValue())));
            return hidden;
        }
        return element;
    }

    private static boolean isText(JsonElement element) {
        return element instanceof JsonPrimitive primitive && (primitive.isString() || primitive.isNumber());
    }

    /** {@return the name in an object that holds a name and its value, as headers and stored items are written} */
    private static @Nullable String pairName(JsonObject object) {
        for (String key : new String[] {"name", "key", "k"}) {
            if (object.get(key) instanceof JsonPrimitive name && name.isString()) {
                return name.getAsString();
            }
        }
        return null;
    }

    /** {@return if an object with a name and a value is a cookie, as Playwright and browsers write it} */
    private static boolean isCookie(JsonObject object) {
        return object.has("value")
                && (object.has("domain") || object.has("httpOnly") || object.has("sameSite") || object.has("url"));
    }

    private static boolean isPairValue(String key) {
        return key.equals("value") || key.equals("v");
    }
}
