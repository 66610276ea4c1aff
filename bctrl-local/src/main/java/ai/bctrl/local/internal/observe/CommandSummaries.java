package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a controller does, in a few fields; never what it types. Not thread-safe: belongs to its {@link RunObservation}.
 *
 * <p>A press and a release of the mouse are one act, told at its end; moves are not told.
 */
final class CommandSummaries {

    private static final Set<String> WITHOUT_DETAILS = Set.of(
            "Page.reload",
            "Page.resetNavigationHistory",
            "Page.close",
            "Page.crash",
            "Page.stopLoading",
            "Page.printToPDF",
            "Page.setDocumentContent",
            "Browser.close",
            "Browser.crash",
            "Target.createBrowserContext");

    private static final int ALT = 1;
    private static final int CONTROL = 2;
    private static final int META = 4;
    private static final int SHIFT = 8;

    /** Where the mouse was pressed, for each session. */
    private final Map<String, double[]> presses = new Recent<>(50);

    static boolean mayBeTold(String method) {
        return WITHOUT_DETAILS.contains(method)
                || method.startsWith("Input.")
                || switch (method) {
                    case "Page.navigate",
                            "Page.navigateToHistoryEntry",
                            "Page.captureScreenshot",
                            "Page.handleJavaScriptDialog",
                            "Target.createTarget",
                            "Target.closeTarget",
                            "Target.disposeBrowserContext",
                            "DOM.setFileInputFiles" -> true;
                    default -> false;
                };
    }

    /** {@return what to tell; null for nothing} */
    @Nullable
    EventData of(String method, String session, JsonObject params) {
        EventData data = new EventData().plain("method", method);
        if (WITHOUT_DETAILS.contains(method)) {
            return data;
        }
        return switch (method) {
            case "Page.navigate" ->
                data.url("url", Fields.text(params, "url")).plain("frameId", Fields.text(params, "frameId"));
            case "Page.navigateToHistoryEntry" -> data.number("entryId", Fields.whole(params, "entryId", 0));
            case "Page.captureScreenshot" -> data.plain("format", Fields.text(params, "format", "png"));
            case "Page.handleJavaScriptDialog" ->
                data.flag("accept", Fields.flag(params, "accept"))
                        .number("characters", count(Fields.text(params, "promptText")));
            case "Target.createTarget" ->
                data.url("url", Fields.text(params, "url")).plain("contextId", Fields.text(params, "browserContextId"));
            case "Target.closeTarget" -> data.plain("targetId", Fields.text(params, "targetId"));
            case "Target.disposeBrowserContext" -> data.plain("contextId", Fields.text(params, "browserContextId"));
            case "DOM.setFileInputFiles" ->
                data.number("files", Fields.array(params, "files").size());
            case "Input.dispatchMouseEvent" -> mouse(data, session, params);
            case "Input.dispatchKeyEvent" -> key(data, params);
            case "Input.insertText", "Input.imeSetComposition" ->
                data.number("characters", count(Fields.text(params, "text", "")));
            case "Input.dispatchTouchEvent" ->
                Fields.text(params, "type", "").equals("touchStart") ? touch(data, params) : null;
            case "Input.dispatchDragEvent" ->
                Fields.text(params, "type", "").equals("drop") ? place(data, params) : null;
            case "Input.synthesizeTapGesture", "Input.synthesizeScrollGesture", "Input.synthesizePinchGesture" ->
                place(data, params);
            default -> null;
        };
    }

    private static EventData place(EventData data, JsonObject params) {
        return data.number("x", Fields.number(params, "x")).number("y", Fields.number(params, "y"));
    }

    private static EventData touch(EventData data, JsonObject params) {
        var points = Fields.array(params, "touchPoints");
        return points.isEmpty() || !points.get(0).isJsonObject()
                ? data
                : place(data, points.get(0).getAsJsonObject());
    }

    private @Nullable EventData mouse(EventData data, String session, JsonObject params) {
        String type = Fields.text(params, "type", "");
        Double x = Fields.number(params, "x");
        Double y = Fields.number(params, "y");
        if (x == null || y == null) {
            return null;
        }
        switch (type) {
            case "mousePressed" -> {
                presses.put(session, new double[] {x, y});
                return null;
            }
            case "mouseReleased" -> {
                double[] from = presses.remove(session);
                place(data.plain("action", "click"), params)
                        .plain("button", Fields.text(params, "button"))
                        .number("clickCount", Fields.whole(params, "clickCount", 1));
                if (from != null && Math.hypot(from[0] - x, from[1] - y) > 3) {
                    data.plain("action", "drag").number("fromX", from[0]).number("fromY", from[1]);
                }
                return data;
            }
            case "mouseWheel" -> {
                return place(data.plain("action", "wheel"), params)
                        .number("deltaX", Fields.number(params, "deltaX"))
                        .number("deltaY", Fields.number(params, "deltaY"));
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable EventData key(EventData data, JsonObject params) {
        String type = Fields.text(params, "type", "");
        String text = Fields.text(params, "text", "");
        String key = Fields.text(params, "key", "");
        if (type.equals("keyUp")) {
            return null;
        }
        if (!text.isEmpty() && text.charAt(0) >= ' ') {
            return data.number("characters", count(text));
        }
        if (type.equals("char") || key.isEmpty()) {
            return null;
        }
        boolean printing = key.codePointCount(0, key.length()) == 1;
        int modifiers = (int) Fields.whole(params, "modifiers", 0);
        boolean shortcut = (modifiers & (ALT | CONTROL | META)) != 0;
        if (printing && !shortcut) {
            // Its text comes in an event of its own.
            return null;
        }
        List<String> names = new ArrayList<>();
        add(names, modifiers, CONTROL, "Control", key);
        add(names, modifiers, ALT, "Alt", key);
        add(names, modifiers, META, "Meta", key);
        add(names, modifiers, SHIFT, "Shift", key);
        names.add(key);
        return data.plain("key", EventRedaction.cut(String.join("+", names), 60));
    }

    private static void add(List<String> names, int modifiers, int bit, String name, String key) {
        if ((modifiers & bit) != 0 && !key.equals(name)) {
            names.add(name);
        }
    }

    private static @Nullable Integer count(@Nullable String text) {
        return text == null ? null : text.codePointCount(0, text.length());
    }
}
