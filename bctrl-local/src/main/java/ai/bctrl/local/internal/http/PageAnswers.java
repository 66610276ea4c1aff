package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers of pages for people, with the headers that keep such a page to itself. */
public final class PageAnswers {

    private PageAnswers() {}

    /**
     * Answers with a page, which is not kept by anybody. No referrer is sent from it, unless the response says otherwise.
     *
     * @param policy the page's Content-Security-Policy
     */
    public static void html(Response response, Callback callback, int status, String policy, String html) {
        response.setStatus(status);
        response.getHeaders().put("Content-Security-Policy", policy);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        write(response, callback, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a page's script with an error in the form of the API. The request has its id already. */
    public static void problem(Response response, Callback callback, ApiProblem problem) {
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        String id = response.getHeaders().get(ErrorWriter.REQUEST_ID);
        ErrorWriter.write(response, callback, id == null ? "" : id, problem);
    }

    /** Answers with a style sheet, a script or a picture that is asked for anew each time. */
    public static void asset(Response response, Callback callback, String contentType, byte[] content) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        write(response, callback, contentType, content);
    }

    private static void write(Response response, Callback callback, String contentType, byte[] content) {
        if (!response.getHeaders().contains("Referrer-Policy")) {
            response.getHeaders().put("Referrer-Policy", "no-referrer");
        }
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}
