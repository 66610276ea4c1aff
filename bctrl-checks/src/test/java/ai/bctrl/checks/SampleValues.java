package ai.bctrl.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes values of a schema: one with the required fields only, one with all, and one for each enum value, union variant,
 * {@code null} and example in it.
 */
final class SampleValues {
    private static final int DEEPEST = 6;

    private final Contract contract;

    SampleValues(Contract contract) {
        this.contract = contract;
    }

    List<JsonNode> of(JsonNode schema) {
        return of(schema, 0);
    }

    private List<JsonNode> of(JsonNode unresolved, int depth) {
        JsonNode schema = contract.resolve(unresolved);
        List<JsonNode> values = new ArrayList<>();
        schema.path("examples").forEach(values::add);
        if (schema.has("const")) {
            values.add(schema.get("const"));
        } else if (schema.has("enum")) {
            schema.get("enum").forEach(values::add);
        } else if (schema.has("oneOf")) {
            schema.get("oneOf").forEach(variant -> values.addAll(of(variant, depth)));
        } else {
            for (String type : types(schema)) {
                values.addAll(ofType(type, schema, depth));
            }
        }
        return values;
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            List<String> types = new ArrayList<>();
            type.forEach(item -> types.add(item.asText()));
            return types;
        }
        return List.of(type.asText(schema.has("properties") ? "object" : "any"));
    }

    private List<JsonNode> ofType(String type, JsonNode schema, int depth) {
        return switch (type) {
            case "null" -> List.of(JsonNodeFactory.instance.nullNode());
            case "boolean" -> List.of(BooleanNode.TRUE, BooleanNode.FALSE);
            case "integer", "number" ->
                List.of(IntNode.valueOf(Math.max(1, schema.path("minimum").asInt(1))));
            case "string" ->
                List.of(TextNode.valueOf(
                        switch (schema.path("format").asText()) {
                            case "uuid" -> "0b4b9c5e-6b1e-4a34-9d3b-2f0d1c5a7e11";
                            case "date-time" -> "2026-11-22T03:00:00Z";
                            default -> "text";
                        }));
            case "array" -> arrays(schema, depth);
            case "object" -> objects(schema, depth);
            default ->
                List.of(
                        TextNode.valueOf("anything"),
                        JsonNodeFactory.instance.objectNode().put("any", 1));
        };
    }

    private List<JsonNode> arrays(JsonNode schema, int depth) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (depth < DEEPEST) {
            of(schema.path("items"), depth + 1).forEach(all::add);
        }
        return List.of(JsonNodeFactory.instance.arrayNode(), all);
    }

    private List<JsonNode> objects(JsonNode schema, int depth) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ObjectNode least = JsonNodeFactory.instance.objectNode();
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        List<JsonNode> variations = new ArrayList<>();
        List<Map.Entry<String, List<JsonNode>>> fields = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> properties =
                        schema.path("properties").fields();
                properties.hasNext(); ) {
            Map.Entry<String, JsonNode> property = properties.next();
            if (depth >= DEEPEST && !required.contains(property.getKey())) {
                continue;
            }
            List<JsonNode> values = of(property.getValue(), depth + 1);
            fields.add(Map.entry(property.getKey(), values));
            all.set(property.getKey(), values.get(0));
            if (required.contains(property.getKey())) {
                least.set(property.getKey(), values.get(0));
            }
        }
        for (Map.Entry<String, List<JsonNode>> field : fields) {
            for (JsonNode value : field.getValue()) {
                variations.add(least.deepCopy().set(field.getKey(), value));
            }
        }
        if (!schema.has("properties")) {
            all.put("key", "value").putObject("nested").put("depth", 2);
        }
        variations.add(least);
        variations.add(all);
        return variations;
    }
}
