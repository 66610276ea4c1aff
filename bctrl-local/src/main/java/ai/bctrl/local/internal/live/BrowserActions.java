package ai.bctrl.local.internal.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What viewers do with the controls around a page: back, forward, reload, stop, an address, an answer to a dialog. */
final class BrowserActions {

    private static final int MOST_URL = 8000;
    private static final int MOST_TEXT = 10_000;

    private BrowserActions() {}

    /** Whether the type of a message is one of these. */
    static boolean knows(String type) {
        return switch (type) {
            case "back", "forward", "reload", "stop", "navigate", "dialog" -> true;
            default -> false;
        };
    }

    /**
     * Does what a message means.
     *
     * @throws InputMessage.UnfitException if a value does not fit
     */
    static CompletableFuture<JsonObject> perform(InputMessage message, TabCast page) {
        return switch (message.type()) {
            case "back" -> history(page, -1);
            case "forward" -> history(page, 1);
            case "reload" -> page.send("Page.reload", new JsonObject());
            case "stop" -> page.send("Page.stopLoading", new JsonObject());
            case "navigate" -> {
                JsonObject params = new JsonObject();
                params.addProperty("url", address(message.text("url", MOST_URL)));
                yield page.send("Page.navigate", params).thenApply(BrowserActions::requireArrival);
            }
            case "dialog" ->
                page.answerDialog(message.flag("accept"), message.has("text") ? message.text("text", MOST_TEXT) : null);
            default -> throw new InputMessage.UnfitException("type is not known.");
        };
    }

    private static JsonObject requireArrival(JsonObject answer) {
        if (answer.has("errorText") && !answer.get("errorText").getAsString().isEmpty()) {
            throw new IllegalStateException(answer.get("errorText").getAsString());
        }
        return answer;
    }

    private static CompletableFuture<JsonObject> history(TabCast page, int step) {
        return page.send("Page.getNavigationHistory", new JsonObject()).thenCompose(history -> {
            JsonArray entries = history.getAsJsonArray("entries");
            int wanted = history.get("currentIndex").getAsInt() + step;
            if (wanted < 0 || wanted >= entries.size()) {
                return CompletableFuture.completedFuture(new JsonObject());
            }
            JsonObject params = new JsonObject();
            params.add("entryId", entries.get(wanted).getAsJsonObject().get("id"));
            return page.send("Page.navigateToHistoryEntry", params);
        });
    }

    /** The address as typed, with a scheme where none was typed. Files and scripts are not for viewers. */
    static String address(String typed) {
        String text = typed.strip();
        if (text.equals("about:blank")) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean web = lower.startsWith("http://") || lower.startsWith("https://");
        boolean otherScheme = !web && lower.matches("[a-z][a-z0-9+.-]*:(?![0-9]+(/.*)?$).*");
        if (text.isEmpty() || otherScheme) {
            throw new InputMessage.UnfitException("Type a web address: http:// or https:// and a name.");
        }
        String host = lower.split("[/:?#]", 2)[0];
        boolean local = host.equals("localhost") || host.startsWith("127.");
        String url = web ? text : (local ? "http://" : "https://") + text;
        try {
            if (new URI(url.replace(" ", "%20")).getRawAuthority() == null) {
                throw new InputMessage.UnfitException("Type a web address: http:// or https:// and a name.");
            }
        } catch (URISyntaxException odd) {
            throw new InputMessage.UnfitException("This is no web address.");
        }
        return url;
    }
}
