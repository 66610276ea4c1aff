package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.PlaceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as a request that may take long is concerned. Thread-safe.
 *
 * @param idempotencyKey the header of that name
 * @param preferences the values of the header {@code Prefer}
 * @param gone whether the caller has hung up; only while the request waits to be answered
 */
record Caller(@Nullable String idempotencyKey, List<String> preferences, BooleanSupplier gone) {

    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:[;,]|$)", Pattern.CASE_INSENSITIVE);

    static Caller of(Request request) {
        return new Caller(
                request.getHeaders().get("Idempotency-Key"),
                request.getHeaders().getValuesList("Prefer"),
                () -> hasHungUp(request));
    }

    /** How the caller waits for a browser. A preference that makes no sense counts for nothing, as RFC 7240 says. */
    PlaceRequest place(String keyId) {
        Duration hold = PlaceRequest.HOLD;
        for (String preference : preferences) {
            Matcher wait = WAIT.matcher(preference);
            if (wait.find()) {
                hold = Duration.ofSeconds(
                        Math.min(Integer.parseInt(wait.group(1)), PlaceRequest.LONGEST_HOLD.toSeconds()));
                break;
            }
        }
        return new PlaceRequest(idempotencyKey == null ? null : keyId + " " + idempotencyKey, hold, gone);
    }

    /** Nobody else reads from the connection while a request waits whose body was read. */
    private static boolean hasHungUp(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        EndPoint endPoint = connection.getEndPoint();
        ByteBuffer early = BufferUtil.allocate(1024);
        try {
            if (!endPoint.isOpen() || endPoint.fill(early) < 0) {
                return true;
            }
        } catch (IOException broken) {
            return true;
        }
        if (early.hasRemaining() && connection instanceof Connection.UpgradeTo reader) {
            // The beginning of the next request, which its sender did not wait to send.
            reader.onUpgradeTo(early);
        }
        return false;
    }
}
