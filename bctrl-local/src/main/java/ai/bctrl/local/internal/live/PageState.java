package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a page is. Immutable.
 *
 * @param name {@code connecting}, {@code live}, {@code crashed}, {@code unresponsive}, {@code dialog} or {@code no_page}
 * @param dialog what an open dialog says; null where none is open
 */
record PageState(String name, @Nullable JsonObject dialog) {

    static final PageState CONNECTING = new PageState("connecting", null);
    static final PageState LIVE = new PageState("live", null);
    static final PageState CRASHED = new PageState("crashed", null);
    static final PageState UNRESPONSIVE = new PageState("unresponsive", null);
    static final PageState NO_PAGE = new PageState("no_page", null);

    static PageState dialog(JsonObject opening) {
        JsonObject dialog = new JsonObject();
        for (String name : new String[] {"type", "message", "defaultPrompt"}) {
            String text = opening.has(name) ? opening.get(name).getAsString() : "";
            dialog.addProperty(name, text.length() <= 2000 ? text : text.substring(0, 2000) + "…");
        }
        return new PageState("dialog", dialog);
    }
}
