package ai.bctrl.local.internal.http;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.relay.RelayErrors;
import ai.bctrl.local.internal.service.ApiProblem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Writes every error answer, also those that Jetty itself comes up with, in the one form of the API. Thread-safe. */
final class ErrorWriter implements Request.Handler, RelayErrors {

    static final String REQUEST_ID = "x-request-id";

    private static final String ATTRIBUTE = ErrorWriter.class.getName() + ".requestId";
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final SecureRandom random = new SecureRandom();

    /** The id of a request, made up at the first call; the answer's header carries it from then on. */
    String requestId(Request request, Response response) {
        Object known = request.getAttribute(ATTRIBUTE);
        String id = known instanceof String text ? text : newId();
        request.setAttribute(ATTRIBUTE, id);
        if (!response.isCommitted()) {
            response.getHeaders().put(REQUEST_ID, id);
        }
        return id;
    }

    private String newId() {
        StringBuilder id = new StringBuilder("req_");
        for (int i = 0; i < 20; i++) {
            id.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return id.toString();
    }

    void write(Request request, Response response, Callback callback, ApiProblem problem) {
        write(response, callback, requestId(request, response), problem);
    }

    static void write(Response response, Callback callback, String requestId, ApiProblem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        // It may quote what was sent, and ends up in the logs of who reads it.
        body.put("error", CONTROL.matcher(String.valueOf(problem.getMessage())).replaceAll("?"));
        body.put("code", problem.code());
        body.put("requestId", requestId);
        body.put("details", problem.details());
        response.setStatus(problem.status());
        if (problem.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.details().get("allow") instanceof List<?> allow) {
            response.getHeaders()
                    .put(HttpHeader.ALLOW, allow.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (problem.details().get("retryAfterSeconds") instanceof Integer seconds) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
        }
        writeJson(response, callback, Json.write(body));
    }

    static void writeJson(Response response, Callback callback, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    @Override
    public void write(Request request, Response response, Callback callback, int status, String code, String message) {
        write(request, response, callback, new ApiProblem(status, code, message, Map.of()));
    }

    /** Errors of Jetty: requests that never became one, and faults behind our back. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object asked = request.getAttribute(ErrorHandler.ERROR_STATUS);
        int status = asked instanceof Integer code ? code : response.getStatus();
        boolean unread = request.getAttribute(ATTRIBUTE) == null;
        if (status == 500 && unread) {
            // Jetty stumbled over the head before we saw it, such as over two mistakes in one.
            status = 400;
        }
        write(request, response, callback, problem(status));
        return true;
    }

    /** What a status of Jetty's means. */
    static ApiProblem problem(int status) {
        return switch (status) {
            case 408 -> new ApiProblem(408, "request.timeout", "The request took too long to arrive.", Map.of());
            case 413 -> new ApiProblem(413, "request.too_large", "The body is too large.", Map.of());
            case 414 -> new ApiProblem(414, "request.uri_too_long", "The URL is too long.", Map.of());
            case 431 -> new ApiProblem(431, "request.headers_too_large", "The headers are too large.", Map.of());
            case 503 -> ApiProblem.shuttingDown();
            // A version of HTTP or a coding that we do not speak is the caller's mistake.
            case 400, 501, 505 -> Percent.malformed("The request is not well-formed HTTP/1.1.");
            default ->
                status >= 400 && status < 500
                        ? new ApiProblem(status, "request.malformed", "The request cannot be read.", Map.of())
                        : fault();
        };
    }

    /** What a caller is told of a fault of ours. */
    static ApiProblem fault() {
        return new ApiProblem(
                500, "server.fault", "The control plane failed to answer; its log has the request id.", Map.of());
    }
}
