package ai.bctrl.local.internal.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer that writes itself, such as a file or a stream of events; everything else that a route answers becomes JSON. */
@FunctionalInterface
interface DirectAnswer {

    /**
     * Writes the answer and completes the callback. Must not block; may throw an {@link
     * ai.bctrl.local.internal.service.ApiProblem} as long as nothing is written.
     */
    void send(Request request, Response response, Callback callback);
}
