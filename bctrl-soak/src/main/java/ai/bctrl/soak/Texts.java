package ai.bctrl.soak;

import com.google.gson.JsonObject;
import java.util.Map;

/** Words and JSON of the reports. Stateless. */
final class Texts {
    private Texts() {}

    static String start(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    static JsonObject json(Map<String, Integer> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::addProperty);
        return json;
    }
}
