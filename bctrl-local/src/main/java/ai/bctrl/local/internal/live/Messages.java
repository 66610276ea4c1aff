package ai.bctrl.local.internal.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What is said to viewers, beside the pictures: objects with a {@code type}. */
final class Messages {

    private Messages() {}

    private static JsonObject of(String type) {
        JsonObject message = new JsonObject();
        message.addProperty("type", type);
        return message;
    }

    static String tabs(Collection<Tab> tabs, @Nullable Tab watched, boolean following) {
        JsonObject message = of("tabs");
        JsonArray list = new JsonArray();
        tabs.forEach(tab -> list.add(tab.json()));
        message.add("tabs", list);
        if (watched != null) {
            message.addProperty("watching", watched.number());
        }
        message.addProperty("following", following);
        return message.toString();
    }

    static String connection(boolean attached) {
        JsonObject message = of("connection");
        message.addProperty("attached", attached);
        return message.toString();
    }

    static String state(PageState state) {
        JsonObject message = of("state");
        message.addProperty("state", state.name());
        if (state.dialog() != null) {
            message.add("dialog", state.dialog());
        }
        return message.toString();
    }

    static String activity(JsonElement row) {
        JsonObject message = of("activity");
        message.add("row", row);
        return message.toString();
    }

    static String error(String text) {
        JsonObject message = of("error");
        message.addProperty("message", text);
        return message.toString();
    }

    static String hello(JsonObject facts) {
        facts.addProperty("type", "hello");
        return facts.toString();
    }

    static String hold(boolean held, long remainingMillis, String text) {
        JsonObject message = of("hold");
        message.addProperty("held", held);
        message.addProperty("remainingMs", remainingMillis);
        message.addProperty("message", text);
        return message.toString();
    }

    static String end(ViewEnd end) {
        JsonObject message = of("end");
        message.addProperty("reason", end.reason());
        message.addProperty("title", end.title());
        message.addProperty("message", end.message());
        if (end.replay() != null) {
            message.addProperty("replay", end.replay());
        }
        if (end.console() != null) {
            message.addProperty("console", end.console());
        }
        return message.toString();
    }
}
