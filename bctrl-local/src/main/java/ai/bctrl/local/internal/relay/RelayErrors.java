package ai.bctrl.local.internal.relay;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers a refused upgrade in the form of the API's errors. Thread-safe. */
@FunctionalInterface
public interface RelayErrors {

    /**
     * Writes the whole response and completes the callback.
     *
     * @param status the HTTP status
     * @param code the machine-readable error code
     * @param message plain text for people; Playwright shows the body in its exception
     */
    void write(Request request, Response response, Callback callback, int status, String code, String message);
}
