package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;

/** One page of a browser. Guarded by the lock of its run. */
final class Tab {

    private static final int MAX_TEXT = 2000;

    private final int number;
    private final String targetId;
    private String title = "";
    private String url = "";
    private String context = "";
    private boolean crashed;

    Tab(int number, String targetId) {
        this.number = number;
        this.targetId = targetId;
    }

    /** What viewers call it: 1 for the first of the run. */
    int number() {
        return number;
    }

    String targetId() {
        return targetId;
    }

    /** DevTools' id of its browser context; empty where that is not known. */
    String context() {
        return context;
    }

    boolean isCrashed() {
        return crashed;
    }

    void crashed(boolean now) {
        crashed = now;
    }

    /** Whether it shows nothing that somebody asked for. */
    boolean isBlank() {
        return url.isEmpty() || url.equals("about:blank");
    }

    /** Takes over what the browser tells of the target; whether that changed anything. */
    boolean update(JsonObject targetInfo) {
        String newTitle = text(targetInfo, "title");
        String newUrl = text(targetInfo, "url");
        boolean changed = !newTitle.equals(title) || !newUrl.equals(url);
        title = newTitle;
        context = text(targetInfo, "browserContextId");
        url = newUrl;
        return changed;
    }

    private static String text(JsonObject from, String name) {
        String text = from.has(name) ? from.get(name).getAsString() : "";
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("tab", number);
        json.addProperty("title", title);
        json.addProperty("url", url);
        json.addProperty("crashed", crashed);
        return json;
    }
}
