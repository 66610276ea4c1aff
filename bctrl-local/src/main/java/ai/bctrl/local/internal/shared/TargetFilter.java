package ai.bctrl.local.internal.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Which kinds of targets a client wants to hear of, as in the protocol: the first entry that fits decides, and what fits
 * none is left out. Immutable.
 */
record TargetFilter(JsonArray entries) {

    /** The browser's own default: everything but browsers and tabs. */
    static final TargetFilter DEFAULT = new TargetFilter(defaults());

    private static JsonArray defaults() {
        JsonArray entries = new JsonArray();
        for (String type : new String[] {"browser", "tab"}) {
            JsonObject entry = Json.of("type", type);
            entry.addProperty("exclude", true);
            entries.add(entry);
        }
        entries.add(new JsonObject());
        return entries;
    }

    /** The filter among a command's parameters. */
    static TargetFilter of(JsonObject params) {
        return params.get("filter") instanceof JsonArray entries ? new TargetFilter(entries) : DEFAULT;
    }

    boolean takes(JsonObject targetInfo) {
        String type = Json.text(targetInfo, "type");
        for (JsonElement element : entries) {
            if (element instanceof JsonObject entry) {
                String wanted = Json.text(entry, "type");
                if (wanted == null || wanted.equals(type)) {
                    return !Json.flag(entry, "exclude");
                }
            }
        }
        return false;
    }
}
