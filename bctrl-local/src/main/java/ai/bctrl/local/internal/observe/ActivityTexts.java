package ai.bctrl.local.internal.observe;

import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event is in the words of people. Not thread-safe. */
final class ActivityTexts {

    private static final String ERROR = "error";
    private static final String WARNING = "warning";

    /** Method and address of requests, to name them when they end. */
    private final Map<String, String> requests = new Recent<>(2_000);

    /** {@return the row for an event; null where people need none} */
    @Nullable
    ActivityRow row(RunEvent event, JsonObject data) {
        String url = Fields.text(data, "url", "");
        return switch (event.type()) {
            case "runtime.started" -> row(event, "runtime", "Browser started" + in(Fields.text(data, "browser")));
            case "runtime.stopped" -> row(event, "runtime", "Browser stopped").status("stopped");
            case "runtime.failed" ->
                row(event, "runtime", "Browser failed" + because(Fields.text(data, "reason")))
                        .status("failed")
                        .severity(ERROR);
            case "connection.attached" ->
                row(event, "runtime", "Controller attached" + in(agent(Fields.text(data, "userAgent"))));
            case "connection.detached" -> row(event, "runtime", "Controller detached");
            case "connection.command.finished" -> done(event, data);
            case "connection.command.failed" -> failed(event, data);
            case "page.opened" ->
                Fields.text(data, "openerId") == null
                        ? row(event, "browser", "Page opened").debug()
                        : row(event, "browser", "Popup opened");
            case "page.closed" -> row(event, "browser", "Page closed: " + url).debug();
            case "page.navigated" -> navigated(event, data, url);
            case "frame.navigated" ->
                row(event, "browser", "Frame opened " + url).debug();
            case "page.load" -> row(event, "browser", "Loaded " + url).debug();
            case "page.crash" ->
                row(event, "browser", "The page crashed: " + url).severity(ERROR);
            case "page.error" ->
                row(event, "console", "Page error: " + Fields.text(data, "message", ""))
                        .severity(ERROR);
            case "console.message" -> console(event, data);
            case "network.request", "network.response", "network.failed" -> network(event, data, url);
            case "websocket.opened" ->
                row(event, "network", "WebSocket opened: " + url).debug();
            case "websocket.closed" ->
                row(event, "network", "WebSocket closed: " + url).debug();
            case "worker.opened" ->
                row(event, "browser", worker(data) + " started: " + url).debug();
            case "worker.closed" ->
                row(event, "browser", worker(data) + " ended: " + url).debug();
            case "context.opened" ->
                row(event, "browser", "Browser context opened").debug();
            case "context.closed" ->
                row(event, "browser", "Browser context closed").debug();
            case "dialog.opened" -> row(event, "browser", dialog(data)).status("open");
            case "download.started" ->
                row(event, "file", "Download started: " + name(data)).debug();
            case "download.finished" -> row(event, "file", "Downloaded " + name(data));
            case "download.failed" ->
                row(event, "file", "Download of " + name(data) + " failed: " + Fields.text(data, "reason", ""))
                        .severity(WARNING);
            case "artifact.created" -> artifact(event, data);
            case "observation.gap" ->
                row(event, "runtime", "Some of what happened was not recorded").severity(WARNING);
            default -> other(event, data);
        };
    }

    private static @Nullable ActivityRow other(RunEvent event, JsonObject data) {
        return switch (event.type()) {
            case "test.started" ->
                new ActivityRow(
                                id(event),
                                event.time(),
                                "test",
                                "test",
                                Fields.text(data, "displayName", Fields.text(data, "method", "Test")))
                        .status("running");
            case "test.step.started" ->
                new ActivityRow(id(event), event.time(), "test.step", "test", Fields.text(data, "name", "Step"))
                        .status("running");
            case "test.failed" ->
                row(event, "test", "Failed: " + Fields.text(data, "message", ""))
                        .status("failed")
                        .severity(ERROR);
            case "live.opened" ->
                row(event, "runtime", "A viewer opened the live view").debug();
            case "live.closed" ->
                row(event, "runtime", "A viewer closed the live view").debug();
            case "live.input" -> row(event, "browser", "A viewer used the page through the live view");
            default -> null;
        };
    }

    private static String id(RunEvent event) {
        return String.valueOf(event.id());
    }

    private static ActivityRow row(RunEvent event, String category, String message) {
        return new ActivityRow(id(event), event.time(), event.type(), category, message);
    }

    private static String in(@Nullable String words) {
        return words == null || words.isEmpty() ? "" : " (" + words + ")";
    }

    private static String because(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }

    private static @Nullable String agent(@Nullable String userAgent) {
        return userAgent == null ? null : userAgent.replaceFirst(" .*", "");
    }

    private static String name(JsonObject data) {
        return Fields.text(data, "suggestedFilename", "a file");
    }

    private static String worker(JsonObject data) {
        return switch (Fields.text(data, "workerType", "")) {
            case "service_worker" -> "Service worker";
            case "shared_worker" -> "Shared worker";
            default -> "Worker";
        };
    }

    private static String dialog(JsonObject data) {
        String message = Fields.text(data, "message", "");
        return switch (Fields.text(data, "dialogType", "")) {
            case "alert" -> "Alert: " + message;
            case "confirm" -> "Question: " + message;
            case "prompt" -> "Prompt: " + message;
            case "beforeunload" -> "The page asks whether to leave it";
            default -> "Dialog: " + message;
        };
    }

    private static @Nullable ActivityRow artifact(RunEvent event, JsonObject data) {
        String kind = Fields.text(data, "kind", "file");
        ActivityRow row = row(event, "file", "Kept " + kind + " " + Fields.text(data, "name", ""));
        return kind.equals("download") ? row.debug() : row;
    }

    private static ActivityRow navigated(RunEvent event, JsonObject data, String url) {
        String message = Fields.flag(data, "errorPage")
                ? "Could not open " + url
                : (Fields.flag(data, "withinDocument") ? "Moved to " : "Opened ") + url;
        ActivityRow row = new ActivityRow(id(event), event.time(), "browser.navigate", "browser", message);
        return Fields.flag(data, "errorPage") ? row.severity(ERROR) : row;
    }

    private static ActivityRow console(RunEvent event, JsonObject data) {
        String text = Fields.text(data, "text", "");
        return switch (Fields.text(data, "level", "")) {
            case ERROR -> row(event, "console", "Console error: " + text).severity(ERROR);
            case WARNING -> row(event, "console", "Console warning: " + text).severity(WARNING);
            default -> row(event, "console", "Console: " + text).debug();
        };
    }

    private ActivityRow network(RunEvent event, JsonObject data, String url) {
        String id = Fields.text(data, "requestId", "");
        if (event.type().equals("network.request")) {
            String request = Fields.text(data, "method", "GET") + " " + url;
            requests.put(id, request);
            return row(event, "network", request).debug();
        }
        String request = requests.getOrDefault(id, url);
        if (event.type().equals("network.failed")) {
            ActivityRow row = row(event, "network", request + " failed: " + Fields.text(data, "error", "unknown"))
                    .severity(ERROR);
            return Fields.flag(data, "canceled") ? row.debug() : row;
        }
        long status = Fields.whole(data, "status", 0);
        ActivityRow row = row(event, "network", request + " answered " + status);
        return status >= 400 ? row.severity(WARNING) : row.debug();
    }

    /** What a command of a controller is in the timeline; empty where it is nothing of its own. */
    static String act(JsonObject data) {
        return switch (Fields.text(data, "method", "")) {
            case "Input.insertText", "Input.imeSetComposition" -> "browser.type";
            case "Input.dispatchKeyEvent" -> data.has("characters") ? "browser.type" : "browser.press";
            case "Input.dispatchMouseEvent" ->
                switch (Fields.text(data, "action", "")) {
                    case "drag" -> "browser.drag";
                    case "wheel" -> "browser.scroll";
                    default -> "browser.click";
                };
            case "Input.dispatchTouchEvent", "Input.synthesizeTapGesture" -> "browser.tap";
            case "Page.reload" -> "browser.reload";
            case "Page.navigateToHistoryEntry" -> "browser.history";
            case "Page.captureScreenshot" -> "browser.screenshot";
            case "Page.printToPDF" -> "browser.pdf";
            case "DOM.setFileInputFiles" -> "browser.upload";
            default -> "";
        };
    }

    private static @Nullable ActivityRow done(RunEvent event, JsonObject data) {
        String act = act(data);
        String message = switch (act) {
            case "browser.type" -> typed((int) Fields.whole(data, "characters", 0));
            case "browser.press" -> pressed(Fields.text(data, "key", ""), 1);
            case "browser.click" -> clicked(data);
            case "browser.drag" -> "Dragged from " + place(data, "fromX", "fromY") + " to " + place(data, "x", "y");
            case "browser.scroll" -> "Scrolled at " + place(data, "x", "y");
            case "browser.tap" -> "Tapped at " + place(data, "x", "y");
            case "browser.reload" -> "Reloaded the page";
            case "browser.history" -> "Went through the history";
            case "browser.screenshot" -> "Took a screenshot";
            case "browser.pdf" -> "Printed the page to PDF";
            case "browser.upload" -> "Chose " + counted(Fields.whole(data, "files", 0), "file");
            default -> "";
        };
        if (act.isEmpty()) {
            return null;
        }
        ActivityRow row = new ActivityRow(id(event), event.time(), act, "browser", message);
        row.durationMs = Fields.whole(data, "durationMs", 0);
        row.count = act.equals("browser.type") ? (int) Fields.whole(data, "characters", 0) : 1;
        return row;
    }

    private static ActivityRow failed(RunEvent event, JsonObject data) {
        String method = Fields.text(data, "method", "");
        String what = method.equals("Page.navigate") ? "Opening " + Fields.text(data, "url", "") : method;
        return row(event, "browser", what + " failed: " + Fields.text(data, "error", "unknown"))
                .status("failed")
                .severity(method.equals("Page.navigate") ? ERROR : WARNING);
    }

    static String typed(int characters) {
        return "Typed " + counted(characters, "character");
    }

    static String pressed(String key, int times) {
        return "Pressed " + key + (times > 1 ? " " + times + " times" : "");
    }

    static String clicked(JsonObject data) {
        String verb = Fields.whole(data, "clickCount", 1) > 1 ? "Double-clicked" : "Clicked";
        String button = Fields.text(data, "button", "left");
        return verb + (button.equals("left") || button.equals("none") ? "" : " (" + button + ")") + " at "
                + place(data, "x", "y");
    }

    private static String place(JsonObject data, String x, String y) {
        return Fields.whole(data, x, 0) + ", " + Fields.whole(data, y, 0);
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
