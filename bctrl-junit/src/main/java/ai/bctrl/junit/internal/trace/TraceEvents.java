package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows what is secret in the events of a trace. Immutable, but changes the JSON that it is given. */
final class TraceEvents {
    /** Without these the viewer cannot tell what belongs together, and none holds anything of a page. */
    private static final Set<String> STRUCTURE = Set.of(
            "type",
            "callId",
            "parentId",
            "stepId",
            "class",
            "method",
            "pageId",
            "openerPageId",
            "contextId",
            "frameId",
            "snapshotName",
            "beforeSnapshot",
            "afterSnapshot",
            "inputSnapshot",
            "sha1",
            "origin",
            "browserName",
            "channel",
            "playwrightVersion",
            "platform",
            "sdkLanguage",
            "messageType",
            "doctype");

    private static final Pattern TYPED =
            Pattern.compile("^(\\s*(?:elementHandle\\.)?(?:fill|type|press)\\().*(\\))$", Pattern.DOTALL);

    private final Redaction redaction;
    private final SnapshotNodes nodes;
    private final Set<String> secretCalls;

    /** @param secretCalls the ids of calls whose value is secret */
    TraceEvents(Redaction redaction, Set<String> secretCalls) {
        this.redaction = redaction;
        this.nodes = new SnapshotNodes(redaction);
        this.secretCalls = secretCalls;
    }

    void learn(JsonObject event) {
        switch (Titles.text(event, "type")) {
            case "context-options" -> learnJson(event.get("options"));
            case "before" -> {
                learnJson(event.get("params"));
                learnHtml(event.get("params"), "html");
            }
            case "after" -> {
                learnJson(event.get("result"));
                learnHtml(event.get("result"), "value");
            }
            case "frame-snapshot" -> {
                if (event.get("snapshot") instanceof JsonObject snapshot && snapshot.has("html")) {
                    nodes.learn(snapshot.get("html"));
                }
            }
            default -> {
                // Free text teaches nothing.
            }
        }
    }

    private void learnJson(JsonElement element) {
        if (element != null) {
            redaction.learnJson(element);
        }
    }

    private void learnHtml(JsonElement holder, String name) {
        if (holder instanceof JsonObject object && isMarkup(object.get(name))) {
            redaction.learnHtml(object.get(name).getAsString());
        }
    }

    JsonObject redact(JsonObject event) {
        JsonObject redacted = new JsonObject();
        boolean secret = secretCalls.contains(Titles.text(event, "callId"));
        for (Map.Entry<String, JsonElement> member : event.entrySet()) {
            String name = member.getKey();
            JsonElement value = member.getValue();
            JsonElement kept = switch (name) {
                case "snapshot" -> value instanceof JsonObject snapshot ? snapshot(snapshot) : value;
                case "message" -> new JsonPrimitive(message(value.getAsString(), secret));
                case "params" -> params(value, secret);
                case "result" -> secret ? new JsonObject() : markup(value, "value");
                default -> STRUCTURE.contains(name) ? value : redaction.json(value);
            };
            redacted.add(name, kept);
        }
        return redacted;
    }

    private String message(String message, boolean secret) {
        String text = message;
        if (secret) {
            text = TYPED.matcher(text).replaceFirst("$1\"" + Redaction.REPLACEMENT + "\"$2");
            text = TraceCall.hideUnexpected(text);
        }
        int tag = text.indexOf('<');
        return tag < 0 ? redaction.text(text) : redaction.html(text);
    }

    private JsonElement params(JsonElement params, boolean secret) {
        if (!(markup(params, "html") instanceof JsonObject redacted) || !(params instanceof JsonObject given)) {
            return params;
        }
        if (secret) {
            for (String name : new String[] {"value", "text", "key"}) {
                if (redacted.has(name)) {
                    redacted.addProperty(name, Redaction.REPLACEMENT);
                }
            }
            if (redacted.get("expectedText") instanceof JsonArray texts) {
                for (JsonElement text : texts) {
                    if (text instanceof JsonObject expected && expected.has("string")) {
                        expected.addProperty("string", Redaction.REPLACEMENT);
                    }
                }
            }
        }
        for (String name : new String[] {"pageId", "openerPageId", "type"}) {
            if (given.has(name)) {
                redacted.add(name, given.get(name));
            }
        }
        return redacted;
    }

    /** {@return the JSON without secrets, one member of which is a page} */
    private JsonElement markup(JsonElement element, String name) {
        if (!(element instanceof JsonObject object) || !isMarkup(object.get(name))) {
            return redaction.json(element);
        }
        JsonObject rest = object.deepCopy();
        String html = rest.remove(name).getAsString();
        JsonObject redacted = redaction.json(rest).getAsJsonObject();
        redacted.addProperty(name, redaction.html(html));
        return redacted;
    }

    private static boolean isMarkup(JsonElement element) {
        return element instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().indexOf('<') >= 0;
    }

    private JsonObject snapshot(JsonObject snapshot) {
        JsonObject redacted = new JsonObject();
        for (Map.Entry<String, JsonElement> member : snapshot.entrySet()) {
            String name = member.getKey();
            JsonElement value = member.getValue();
            JsonElement kept = switch (name) {
                case "html" -> nodes.redact(value);
                case "frameUrl" -> new JsonPrimitive(redaction.url(value.getAsString()));
                case "resourceOverrides" -> overrides(value);
                default -> STRUCTURE.contains(name) ? value : redaction.json(value);
            };
            redacted.add(name, kept);
        }
        return redacted;
    }

    private JsonElement overrides(JsonElement overrides) {
        if (overrides instanceof JsonArray array) {
            for (JsonElement item : array) {
                if (item instanceof JsonObject override) {
                    for (String name : new String[] {"url", "content"}) {
                        if (override.get(name) instanceof JsonPrimitive text && text.isString()) {
                            override.addProperty(
                                    name,
                                    name.equals("url")
                                            ? redaction.url(text.getAsString())
                                            : redaction.code(text.getAsString()));
                        }
                    }
                }
            }
        }
        return overrides;
    }
}
