package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the rows of the network table from a HAR. */
final class NetworkRows {
    private static final int MOST_HEADERS = 60;

    private final TextLimits limits;

    NetworkRows(TextLimits limits) {
        this.limits = limits;
    }

    /** {@return the requests of a HAR} */
    static List<JsonObject> entries(JsonElement har) {
        return har instanceof JsonObject object
                ? JsonFields.objects(JsonFields.object(object, "log").get("entries"))
                : List.of();
    }

    JsonObject row(JsonObject entry) {
        JsonObject request = JsonFields.object(entry, "request");
        JsonObject response = JsonFields.object(entry, "response");
        JsonObject content = JsonFields.object(response, "content");
        JsonObject row = new JsonObject();
        row.addProperty("method", JsonFields.text(request, "method", "GET"));
        row.addProperty("url", JsonFields.cut(JsonFields.text(request, "url", ""), limits.cell()));
        row.addProperty("status", JsonFields.number(response, "status", 0));
        JsonFields.put(row, "statusText", JsonFields.text(response, "statusText"));
        JsonFields.put(row, "time", JsonFields.text(entry, "startedDateTime"));
        row.addProperty("ms", JsonFields.number(entry, "time", -1));
        row.addProperty("size", size(response, content));
        String mime = JsonFields.text(content, "mimeType", "");
        JsonFields.put(row, "mime", mime);
        JsonFields.put(row, "type", JsonFields.text(entry, "_resourceType"));
        String error = JsonFields.text(response, "_failureText");
        JsonFields.put(row, "error", error == null ? JsonFields.text(entry, "_failureText") : error);
        if (limits.body() > 0) {
            row.add("requestHeaders", headers(request));
            row.add("responseHeaders", headers(response));
            body(row, "requestBody", JsonFields.text(JsonFields.object(request, "postData"), "text"));
            body(row, "responseBody", bodyText(content, mime));
        }
        return row;
    }

    private static long size(JsonObject response, JsonObject content) {
        long size = JsonFields.number(content, "size", -1);
        return size >= 0 ? size : JsonFields.number(response, "bodySize", -1);
    }

    private JsonArray headers(JsonObject message) {
        JsonArray headers = new JsonArray();
        for (JsonObject header : JsonFields.objects(message.get("headers"))) {
            if (headers.size() == MOST_HEADERS) {
                break;
            }
            JsonArray pair = new JsonArray();
            pair.add(JsonFields.text(header, "name", ""));
            pair.add(JsonFields.cut(JsonFields.text(header, "value", ""), limits.cell()));
            headers.add(pair);
        }
        return headers;
    }

    private void body(JsonObject row, String name, @Nullable String text) {
        JsonFields.put(row, name, text == null ? null : JsonFields.cut(text, limits.body()));
    }

    private static @Nullable String bodyText(JsonObject content, String mime) {
        String text = JsonFields.text(content, "text");
        if (text == null || !"base64".equals(JsonFields.text(content, "encoding"))) {
            return text;
        }
        String type = mime.toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/") && !type.contains("json") && !type.contains("xml") && !type.contains("script")) {
            return null;
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
