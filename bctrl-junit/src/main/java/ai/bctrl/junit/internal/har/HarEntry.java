package ai.bctrl.junit.internal.har;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows what is secret in an entry of a HAR file, which is also what a trace holds of the network. Bodies are in files
 * of their own, which {@link Bodies} gives. Immutable, but changes the JSON that it is given.
 */
public final class HarEntry {
    /** Gives the bodies that entries refer to. */
    @FunctionalInterface
    public interface Bodies {
        /** {@return the content; {@code null} if there is none of that name, or it is too large to look at} */
        byte @Nullable [] of(String name) throws IOException;
    }

    private final Redaction redaction;

    /** Redacts with these rules. */
    public HarEntry(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Learns the secrets of an entry, of its bodies too. */
    public void learn(JsonObject entry, Bodies bodies) throws IOException {
        JsonObject request = Json.object(entry, "request");
        JsonObject response = Json.object(entry, "response");
        redaction.learnUrl(Json.text(request, "url"));
        learnPairs(request, "headers", redaction::learnHeader);
        learnPairs(request, "cookies", this::learnCookie);
        learnPairs(request, "queryString", redaction::learnIfSecret);
        JsonObject sent = Json.object(request, "postData");
        learnPairs(sent, "params", redaction::learnIfSecret);
        byte[] body = body(sent, bodies);
        if (body != null) {
            redaction.learnRequestBody(body, Json.text(sent, "mimeType"));
        }
        learnPairs(response, "headers", redaction::learnHeader);
        learnPairs(response, "cookies", this::learnCookie);
        redaction.learnUrl(Json.text(response, "redirectURL"));
        JsonObject content = Json.object(response, "content");
        byte[] received = body(content, bodies);
        if (received != null) {
            redaction.learnResponseBody(received, Json.text(content, "mimeType"));
        }
    }

    /** Takes the secrets out of an entry; bodies that are in it as text too. */
    public void redact(JsonObject entry) {
        JsonObject request = Json.object(entry, "request");
        JsonObject response = Json.object(entry, "response");
        Json.map(request, "url", redaction::url);
        headers(request);
        cookies(request);
        pairs(request, "queryString");
        JsonObject sent = Json.object(request, "postData");
        pairs(sent, "params");
        text(sent);
        headers(response);
        cookies(response);
        Json.map(response, "redirectURL", redaction::url);
        Json.map(response, "statusText", redaction::text);
        Json.map(response, "_failureText", redaction::text);
        text(Json.object(response, "content"));
        Json.map(entry, "comment", redaction::text);
        if (entry.has("_webSocketMessages")) {
            entry.add("_webSocketMessages", redaction.json(entry.get("_webSocketMessages")));
        }
    }

    private static byte @Nullable [] body(JsonObject content, Bodies bodies) throws IOException {
        String file = file(content);
        if (!file.isEmpty()) {
            return bodies.of(file);
        }
        return content.has("encoding") ? null : Json.text(content, "text").getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the name of the file that holds the body, empty if there is none} */
    static String file(JsonObject content) {
        String file = Json.text(content, "_file");
        return file.isEmpty() ? Json.text(content, "_sha1") : file;
    }

    private void learnCookie(String name, String value) {
        redaction.learnHeader("cookie", name + "=" + value);
    }

    private static void learnPairs(JsonObject holder, String name, BiConsumer<String, String> learn) {
        for (JsonObject pair : Json.objects(Json.array(holder, name))) {
            learn.accept(Json.text(pair, "name"), Json.text(pair, "value"));
        }
    }

    private void headers(JsonObject message) {
        for (JsonObject header : Json.objects(Json.array(message, "headers"))) {
            String name = Json.text(header, "name");
            Json.map(header, "value", value -> redaction.header(name, value));
        }
    }

    private void cookies(JsonObject message) {
        for (JsonObject cookie : Json.objects(Json.array(message, "cookies"))) {
            Json.map(cookie, "value", value -> value.isEmpty() ? value : Redaction.REPLACEMENT);
            Json.map(cookie, "path", redaction::text);
        }
    }

    private void pairs(JsonObject holder, String name) {
        for (JsonObject pair : Json.objects(Json.array(holder, name))) {
            String key = Json.text(pair, "name");
            Json.map(
                    pair,
                    "value",
                    value -> redaction.isSecretName(key) && !value.isEmpty()
                            ? Redaction.REPLACEMENT
                            : redaction.text(value));
            Json.map(pair, "name", redaction::text);
        }
    }

    private void text(JsonObject content) {
        if (!Json.text(content, "text").isEmpty() && !content.has("encoding")) {
            String mediaType = Json.text(content, "mimeType");
            Json.map(content, "text", text -> text(text, mediaType));
        }
    }

    private String text(String text, String mediaType) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] hidden = redaction.body(bytes, mediaType);
        return hidden == null
                ? Redaction.REPLACEMENT
                : hidden == bytes ? text : new String(hidden, StandardCharsets.UTF_8);
    }
}
