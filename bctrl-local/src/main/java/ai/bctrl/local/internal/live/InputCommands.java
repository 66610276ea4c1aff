package ai.bctrl.local.internal.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Turns what viewers do with mouse, keys and fingers into DevTools' commands. Values are checked; nothing else passes. */
final class InputCommands {

    private static final double MOST_PIXELS = 100_000;
    private static final int MOST_TEXT = 100_000;
    private static final int MODIFIERS = 15;
    private static final Set<String> BUTTONS = Set.of("none", "left", "middle", "right", "back", "forward");

    /** Counts what was done. */
    @FunctionalInterface
    interface Counter {
        void add(String what, int howMany);
    }

    private InputCommands() {}

    /** Whether the type of a message is one of these. */
    static boolean knows(String type) {
        return switch (type) {
            case "mouse", "wheel", "key", "text", "compose", "touch" -> true;
            default -> false;
        };
    }

    /**
     * Sends the command that a message means.
     *
     * @throws InputMessage.UnfitException if a value does not fit
     */
    static CompletableFuture<JsonObject> send(InputMessage message, TabCast page, Counter tally) {
        return switch (message.type()) {
            case "mouse" -> mouse(message, page, tally);
            case "wheel" -> wheel(message, page, tally);
            case "key" -> key(message, page, tally);
            case "text" -> text(message, page, tally);
            case "compose" -> compose(message, page);
            case "touch" -> touch(message, page, tally);
            default -> throw new InputMessage.UnfitException("type is not known.");
        };
    }

    private static CompletableFuture<JsonObject> mouse(InputMessage message, TabCast page, Counter tally) {
        String kind = message.text("kind", 10);
        JsonObject params = point(message);
        params.addProperty(
                "type",
                switch (kind) {
                    case "move" -> "mouseMoved";
                    case "down" -> "mousePressed";
                    case "up" -> "mouseReleased";
                    default -> throw new InputMessage.UnfitException("kind must be move, down or up.");
                });
        String button = message.has("button") ? message.text("button", 10) : "none";
        if (!BUTTONS.contains(button)) {
            throw new InputMessage.UnfitException("button must be one of " + BUTTONS + ".");
        }
        params.addProperty("button", button);
        params.addProperty("buttons", message.integerOr("buttons", 0, 31, 0));
        params.addProperty("clickCount", message.integerOr("clicks", 0, 3, 0));
        if (kind.equals("down")) {
            tally.add("clicks", 1);
        }
        return page.send("Input.dispatchMouseEvent", params);
    }

    private static JsonObject point(InputMessage message) {
        JsonObject params = new JsonObject();
        params.addProperty("x", message.number("x", -MOST_PIXELS, MOST_PIXELS));
        params.addProperty("y", message.number("y", -MOST_PIXELS, MOST_PIXELS));
        params.addProperty("modifiers", message.integerOr("modifiers", 0, MODIFIERS, 0));
        return params;
    }

    private static CompletableFuture<JsonObject> wheel(InputMessage message, TabCast page, Counter tally) {
        JsonObject params = point(message);
        params.addProperty("type", "mouseWheel");
        params.addProperty("deltaX", message.number("deltaX", -MOST_PIXELS, MOST_PIXELS));
        params.addProperty("deltaY", message.number("deltaY", -MOST_PIXELS, MOST_PIXELS));
        tally.add("wheel", 1);
        return page.send("Input.dispatchMouseEvent", params);
    }

    private static CompletableFuture<JsonObject> key(InputMessage message, TabCast page, Counter tally) {
        String kind = message.text("kind", 10);
        boolean down = kind.equals("down");
        if (!down && !kind.equals("up")) {
            throw new InputMessage.UnfitException("kind must be down or up.");
        }
        String text = down && message.has("text") ? message.text("text", 8) : "";
        JsonObject params = new JsonObject();
        params.addProperty("type", down ? text.isEmpty() ? "rawKeyDown" : "keyDown" : "keyUp");
        params.addProperty("key", message.text("key", 40));
        params.addProperty("code", message.text("code", 40));
        params.addProperty("windowsVirtualKeyCode", message.integerOr("keyCode", 0, 255, 0));
        params.addProperty("location", message.integerOr("location", 0, 3, 0));
        params.addProperty("modifiers", message.integerOr("modifiers", 0, MODIFIERS, 0));
        params.addProperty("isKeypad", message.integerOr("location", 0, 3, 0) == 3);
        params.addProperty("autoRepeat", message.flag("repeat"));
        if (!text.isEmpty()) {
            params.addProperty("text", text);
            params.addProperty("unmodifiedText", text);
        }
        if (down) {
            tally.add("keys", 1);
        }
        return page.send("Input.dispatchKeyEvent", params);
    }

    private static CompletableFuture<JsonObject> text(InputMessage message, TabCast page, Counter tally) {
        String text = message.text("text", MOST_TEXT);
        JsonObject params = new JsonObject();
        params.addProperty("text", text);
        tally.add("characters", text.codePointCount(0, text.length()));
        return page.send("Input.insertText", params);
    }

    /** What an input method shows before the person has decided. */
    private static CompletableFuture<JsonObject> compose(InputMessage message, TabCast page) {
        String text = message.text("text", 1000);
        JsonObject params = new JsonObject();
        params.addProperty("text", text);
        params.addProperty("selectionStart", text.length());
        params.addProperty("selectionEnd", text.length());
        return page.send("Input.imeSetComposition", params);
    }

    private static CompletableFuture<JsonObject> touch(InputMessage message, TabCast page, Counter tally) {
        String kind = message.text("kind", 10);
        if (!Set.of("start", "move", "end", "cancel").contains(kind)) {
            throw new InputMessage.UnfitException("kind must be start, move, end or cancel.");
        }
        JsonArray points = new JsonArray();
        for (InputMessage finger : message.list("points")) {
            JsonObject point = new JsonObject();
            point.addProperty("x", finger.number("x", -MOST_PIXELS, MOST_PIXELS));
            point.addProperty("y", finger.number("y", -MOST_PIXELS, MOST_PIXELS));
            point.addProperty("id", finger.integerOr("id", 0, Integer.MAX_VALUE, 0));
            points.add(point);
        }
        JsonObject params = new JsonObject();
        params.addProperty("type", "touch" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1));
        params.add("touchPoints", points);
        params.addProperty("modifiers", message.integerOr("modifiers", 0, MODIFIERS, 0));
        if (kind.equals("start")) {
            tally.add("touches", 1);
        }
        return page.send("Input.dispatchTouchEvent", params);
    }
}
