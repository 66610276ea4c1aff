package ai.bctrl.internal.http;

import ai.bctrl.error.ApiError;
import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads error answers. A body that makes no sense never hides the status. */
final class ErrorAnswer {
    private static final int QUOTED = 200;

    private ErrorAnswer() {}

    static ApiError read(ApiCall call, Response response, String body, Instant now) {
        JsonObject json = parse(body);
        String text = text(json, "error");
        String code = text(json, "code");
        String requestId = text(json, "requestId");
        return new ApiError(
                call.method(),
                call.shownPath(),
                response.code(),
                code != null ? code : "http." + response.code(),
                text != null ? text : fallback(response, body, json),
                requestId != null ? requestId : response.header("x-request-id"),
                details(json),
                RetryAfter.parse(response.header("Retry-After"), now));
    }

    private static @Nullable JsonObject parse(String body) {
        try {
            return Json.parseObject(body);
        } catch (BctrlDecodingException notJson) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable JsonObject json, String name) {
        JsonElement value = json == null ? null : json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }

    private static String fallback(Response response, String body, @Nullable JsonObject json) {
        String plain = json == null ? body.replaceAll("\\p{Cntrl}+", " ").strip() : "";
        String quoted = plain.length() > QUOTED ? plain.substring(0, QUOTED) + " ..." : plain;
        return "the service answered with status " + response.code() + (quoted.isEmpty() ? "" : ": " + quoted);
    }

    private static Map<String, Object> details(@Nullable JsonObject json) {
        Map<String, Object> details = new HashMap<>();
        if (json != null && json.get("details") instanceof JsonObject facts) {
            facts.asMap().forEach((name, value) -> details.put(name, plain(value)));
        }
        return details;
    }

    private static Object plain(JsonElement value) {
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return value.getAsBoolean();
        } else if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
            return value.getAsNumber();
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
