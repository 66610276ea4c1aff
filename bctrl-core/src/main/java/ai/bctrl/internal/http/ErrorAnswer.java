package ai.bctrl.internal.http;

import ai.bctrl.error.ApiError;
import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads error answers. A body that makes no sense never hides the status. */
final class ErrorAnswer {
    private ErrorAnswer() {}

    static ApiError read(ApiCall call, Response response, String body, Instant now, String origin) {
        JsonObject json = parse(body);
        String text = text(json, "error");
        String code = text(json, "code");
        String requestId = text(json, "requestId");
        return new ApiError(
                call.method(),
                call.shownPath(),
                response.code(),
                code != null ? code : "http." + response.code(),
                text(response, text, body, json, origin),
                requestId != null ? requestId : response.header("x-request-id"),
                details(json),
                RetryAfter.parse(response.header("Retry-After"), sent(response, now)));
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

    /** When the answer was sent by the clock that a date in {@code Retry-After} is of; clocks differ. */
    private static Instant sent(Response response, Instant now) {
        Date date = response.headers().getDate("Date");
        return date == null ? now : date.toInstant();
    }

    private static String text(
            Response response, @Nullable String text, String body, @Nullable JsonObject json, String origin) {
        boolean foreign = text == null && json == null;
        String said = text != null
                ? text
                : "the service answered with status " + response.code()
                        + (json == null ? ForeignAnswer.quoted(body) : "");
        return switch (response.code()) {
            case 401 -> said + "; is the API key (apiKey, BCTRL_API_KEY) one of the service at " + origin + "?";
            case 403 -> foreign ? said + "; the service, or a proxy before it, forbids that" : said;
            case 404 -> foreign ? said + "; " + ForeignAnswer.question(origin) : said;
            case 407 -> said + "; the proxy wants a user name and password, or refused those it was given";
            case 502, 503, 504 -> foreign ? said + "; a proxy or gateway before the service cannot reach it" : said;
            default -> isRedirect(response) ? said + redirection(response, origin) : said;
        };
    }

    private static boolean isRedirect(Response response) {
        return response.code() >= 300 && response.code() < 400;
    }

    private static String redirection(Response response, String origin) {
        HttpUrl target = response.request().url().resolve(String.valueOf(response.header("Location")));
        String where = target == null ? "" : ", a redirection to " + target.scheme() + "://" + target.host();
        return where + "; " + ForeignAnswer.question(origin);
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
