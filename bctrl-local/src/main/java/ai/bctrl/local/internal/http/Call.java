package ai.bctrl.local.internal.http;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.ApiProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed the guards. Immutable.
 *
 * @param path the values of the route's path parameters, decoded
 * @param query the query
 * @param body the body's text; empty where there was none
 * @param grant what the caller may do
 * @param authority host and port as the caller wrote them
 * @param caller who waits for the answer
 * @param stream the body of a route that takes it as a stream; null for all others
 */
record Call(
        Map<String, String> path,
        Query query,
        String body,
        ApiKeys.Grant grant,
        String authority,
        Caller caller,
        @Nullable Upload stream) {

    /** A value of the path, which the route has. */
    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no " + name);
        }
        return value;
    }

    /** The body as it comes, for a route that takes it so. */
    Upload upload() {
        if (stream == null) {
            throw new IllegalStateException("the route takes its body as JSON");
        }
        return stream;
    }

    /** The address of a stored file's bytes, as the caller reaches this control plane. */
    String contentUrl(String spaceId, String fileId) {
        return "http://" + authority + "/v1/spaces/" + spaceId + "/storage/files/" + fileId + "/content";
    }

    /** The body, which must be there. */
    <T> T body(Class<T> type) {
        if (body.isBlank()) {
            throw Percent.malformed("The request needs a JSON body.");
        }
        return decode(body, type);
    }

    /** The body, or what an empty object means. */
    <T> T bodyOrEmpty(Class<T> type) {
        return decode(body.isBlank() ? "{}" : body, type);
    }

    private static <T> T decode(String text, Class<T> type) {
        try {
            return Json.readStrictly(text, type);
        } catch (BctrlDecodingException unfit) {
            throw problem(unfit);
        }
    }

    private static ApiProblem problem(BctrlDecodingException unfit) {
        String problem = unfit.problem();
        if (unfit.path().isEmpty() && problem.startsWith("not JSON")) {
            return Percent.malformed("The body is " + problem + ".");
        }
        @Nullable String field = unfit.path().isEmpty() ? null : unfit.path();
        return field == null
                ? ApiProblem.invalid("body", "The body " + problem + ".")
                : ApiProblem.invalid(field, field + ": " + problem + ".");
    }
}
