package ai.bctrl.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values that fit a schema, or nearly. Thread-safe. */
final class JsonJunk {
    private static final int DEEP = 6;

    private final Operation.Contract contract;

    JsonJunk(Operation.Contract contract) {
        this.contract = contract;
    }

    /** A JSON text; each value in it is junk as often as the percentage says. */
    String text(JsonNode schema, Junk junk, int percent) {
        StringBuilder text = new StringBuilder();
        write(schema, junk, percent, 0, text);
        return text.toString();
    }

    private void write(JsonNode reference, Junk junk, int percent, int depth, StringBuilder out) {
        JsonNode schema = contract.resolve(reference);
        for (String several : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(several).size() > 0) {
                JsonNode one =
                        schema.path(several).get(junk.below(schema.path(several).size()));
                write(one, junk, percent, depth, out);
                return;
            }
        }
        if (junk.chance(percent)) {
            junkValue(junk, depth, out);
        } else if (schema.has("const")) {
            out.append(schema.get("const"));
        } else if (schema.path("enum").size() > 0) {
            out.append(schema.path("enum").get(junk.below(schema.path("enum").size())));
        } else {
            fitting(schema, junk, percent, depth, out);
        }
    }

    private void fitting(JsonNode schema, Junk junk, int percent, int depth, StringBuilder out) {
        JsonNode types = schema.path("type");
        String type = types.isArray()
                ? types.get(junk.below(types.size())).asText()
                : types.asText(schema.has("properties") ? "object" : "string");
        switch (type) {
            case "object" -> object(schema, junk, percent, depth, out);
            case "array" -> {
                out.append('[');
                for (int i = depth > DEEP ? 0 : junk.below(4); i > 0; i--) {
                    write(schema.path("items"), junk, percent, depth + 1, out);
                    out.append(i > 1 ? "," : "");
                }
                out.append(']');
            }
            case "boolean" -> out.append(junk.chance(50));
            case "null" -> out.append("null");
            case "integer", "number" -> {
                int least = schema.path("minimum").asInt(0);
                int most = Math.min(schema.path("maximum").asInt(1000), 1_000_000);
                out.append(least + junk.below(Math.max(1, most - least + 1)));
            }
            default -> quote(string(schema, junk), out);
        }
    }

    private static String string(JsonNode schema, Junk junk) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> "00000000-0000-4000-8000-00000000000" + junk.below(10);
            case "date-time" -> "2026-11-22T0" + junk.below(10) + ":00:00Z";
            case "uri" -> "http://localhost/" + junk.below(10);
            default -> "text " + junk.below(1000);
        };
    }

    private void object(JsonNode schema, Junk junk, int percent, int depth, StringBuilder out) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        out.append('{');
        String comma = "";
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean there = required.contains(property.getKey()) || (depth < DEEP && junk.chance(40));
            if (there && junk.chance(percent / 2)) {
                there = false;
            }
            for (int times = there ? (junk.chance(percent / 5) ? 2 : 1) : 0; times > 0; times--) {
                out.append(comma);
                quote(property.getKey(), out);
                out.append(':');
                write(property.getValue(), junk, percent, depth + 1, out);
                comma = ",";
            }
        }
        if (junk.chance(percent) || schema.path("properties").isEmpty()) {
            out.append(comma);
            quote(junk.text(), out);
            out.append(':');
            junkValue(junk, depth, out);
        }
        out.append('}');
    }

    private void junkValue(Junk junk, int depth, StringBuilder out) {
        switch (junk.below(depth > DEEP ? 5 : 9)) {
            case 0 -> out.append(junk.any("null", "true", "false", "[]", "{}", "[[]]", "\"\""));
            case 1, 2 -> out.append(junk.number());
            case 3, 4 -> quote(junk.text(), out);
            case 5 -> {
                int levels = junk.chance(10) ? 5000 : 1 + junk.below(80);
                out.append("[".repeat(levels)).append("]".repeat(levels));
            }
            case 6 -> {
                int levels = 1 + junk.below(70);
                out.append("{\"a\":".repeat(levels)).append('1').append("}".repeat(levels));
            }
            case 7 -> {
                out.append("[");
                for (int i = junk.below(200); i > 0; i--) {
                    out.append(i).append(',');
                }
                out.append("0]");
            }
            default -> {
                out.append('{');
                quote(junk.text(), out);
                out.append(':');
                junkValue(junk, depth + 1, out);
                out.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c > 0xfff0) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
