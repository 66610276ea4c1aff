package ai.bctrl.local.internal.http;

import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Pages for people, beside the API: no API key comes with their requests, so each decides by itself who may look. The host
 * and the origin of a request were checked before. Thread-safe.
 */
public interface Site {

    /**
     * Whether a request is for this site.
     *
     * @param segments the decoded parts of the path; one empty part for {@code /}
     */
    boolean serves(List<String> segments);

    /**
     * Answers a request. Must not block.
     *
     * @param segments the decoded parts of the path
     * @param authority host and port as the caller wrote them
     * @throws ai.bctrl.local.internal.service.ApiProblem where the answer is an error
     */
    void handle(Request request, Response response, Callback callback, List<String> segments, String authority);
}
