package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows what is secret in the copies of pages that a trace holds: {@code ["INPUT", {"name": "p"}, child, …]}, where a
 * child may be a text, or the numbers of a part that is the same as before. Immutable.
 */
final class SnapshotNodes {
    private static final String VALUE = "__playwright_value_";
    private static final String CURRENT = "__playwright_current_src__";

    private final Redaction redaction;

    SnapshotNodes(Redaction redaction) {
        this.redaction = redaction;
    }

    void learn(JsonElement node) {
        if (!(node instanceof JsonArray array) || array.isEmpty() || !isText(array.get(0))) {
            return;
        }
        if (array.size() > 1 && array.get(1) instanceof JsonObject attributes) {
            String tag = array.get(0).getAsString();
            boolean field = isSecretField(tag, attributes);
            for (Map.Entry<String, JsonElement> attribute : attributes.entrySet()) {
                if (isHidden(tag, field, attribute.getKey(), attributes) && isText(attribute.getValue())) {
                    redaction.learn(attribute.getValue().getAsString());
                }
            }
        }
        for (JsonElement child : array) {
            learn(child);
        }
    }

    JsonElement redact(JsonElement node) {
        return redact(node, "");
    }

    private JsonElement redact(JsonElement node, String parent) {
        if (isText(node)) {
            String text = node.getAsString();
            return new JsonPrimitive(parent.equals("STYLE") ? redaction.code(text) : redaction.text(text));
        }
        if (!(node instanceof JsonArray array) || array.isEmpty() || !isText(array.get(0))) {
            return node;
        }
        String tag = array.get(0).getAsString();
        JsonArray redacted = new JsonArray(array.size());
        redacted.add(array.get(0));
        boolean field = false;
        for (int i = 1; i < array.size(); i++) {
            if (i == 1 && array.get(i) instanceof JsonObject attributes) {
                field = isSecretField(tag, attributes);
                redacted.add(attributes(tag, field, attributes));
            } else if (field && isText(array.get(i))) {
                // What a text area held when the page was loaded.
                redacted.add(Redaction.REPLACEMENT);
            } else {
                redacted.add(redact(array.get(i), tag));
            }
        }
        return redacted;
    }

    private JsonObject attributes(String tag, boolean field, JsonObject attributes) {
        JsonObject redacted = new JsonObject();
        for (Map.Entry<String, JsonElement> attribute : attributes.entrySet()) {
            String name = attribute.getKey();
            JsonElement value = attribute.getValue();
            if (!isText(value) || value.getAsString().isEmpty()) {
                redacted.add(name, value);
            } else if (isHidden(tag, field, name, attributes)) {
                redacted.addProperty(name, Redaction.REPLACEMENT);
            } else {
                redacted.addProperty(name, attribute(name, value.getAsString()));
            }
        }
        return redacted;
    }

    private String attribute(String name, String value) {
        return switch (name) {
            case "href", "src", "action", CURRENT -> redaction.url(value);
            case "__playwright_style_sheet_" -> redaction.code(value);
            default -> redaction.text(value);
        };
    }

    private boolean isHidden(String tag, boolean field, String name, JsonObject attributes) {
        return (field && (name.equals(VALUE) || name.equals("value")))
                || redaction.isSecretName(name)
                || (tag.equals("META")
                        && name.equals("content")
                        && (redaction.isSecretName(Titles.text(attributes, "name"))
                                || redaction.isSecretName(Titles.text(attributes, "property"))));
    }

    private boolean isSecretField(String tag, JsonObject attributes) {
        Map<String, String> values = new LinkedHashMap<>();
        attributes.asMap().forEach((name, value) -> {
            if (isText(value)) {
                values.put(name, value.getAsString());
            }
        });
        return redaction.isSecretField(tag, values);
    }

    private static boolean isText(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString();
    }
}
