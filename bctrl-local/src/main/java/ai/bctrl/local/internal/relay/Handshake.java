package ai.bctrl.local.internal.relay;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** The controller's side of the WebSocket handshake. */
final class Handshake {

    private static final String VERSION = "13";

    /**
     * Why a request is no upgrade.
     *
     * @param headers what the answer must carry besides its body
     */
    record Problem(int status, String code, String message, Map<String, String> headers) {}

    private Handshake() {}

    /** What is wrong with a request; null where it is an upgrade to a WebSocket. */
    static @Nullable Problem problem(Request request) {
        if (!HttpMethod.GET.is(request.getMethod())) {
            return new Problem(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "route.method_not_allowed",
                    "A CDP socket is opened with GET, not " + request.getMethod() + ".",
                    Map.of("Allow", "GET"));
        }
        if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            return new Problem(
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "websocket.required",
                    "This URL is a CDP WebSocket. Give it to Playwright's connectOverCDP or another CDP client.",
                    Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
        }
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1
                || request.getTunnelSupport() == null
                || !request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade")) {
            return malformed("It must be an HTTP/1.1 request with 'Connection: Upgrade'.");
        }
        String version = request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_VERSION);
        if (!VERSION.equals(version)) {
            return new Problem(
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "websocket.version",
                    "Sec-WebSocket-Version must be 13 but is " + version + ".",
                    Map.of("Sec-WebSocket-Version", VERSION));
        }
        String key = request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY);
        if (key == null || !WebSocketKeys.isKey(key)) {
            return malformed("Sec-WebSocket-Key must be 16 bytes in Base64.");
        }
        return null;
    }

    private static Problem malformed(String message) {
        return new Problem(
                HttpStatus.BAD_REQUEST_400, "websocket.malformed", "Malformed upgrade. " + message, Map.of());
    }

    /** Fills the answer that accepts an upgrade; no extension is agreed on. */
    static void accept(Request request, Response response) {
        String key = requireNonNull(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY));
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(HttpHeader.UPGRADE, "websocket")
                .put(HttpHeader.CONNECTION, "Upgrade")
                .put(HttpHeader.SEC_WEBSOCKET_ACCEPT.asString(), WebSocketKeys.accept(key));
    }
}
