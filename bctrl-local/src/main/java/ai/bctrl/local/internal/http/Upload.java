package ai.bctrl.local.internal.http;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** A body that is taken as it comes and not kept in memory. Not thread-safe; it can be taken once. */
final class Upload {

    private final Request request;

    Upload(Request request) {
        this.request = request;
    }

    /** The media type that the caller names, or null. */
    @Nullable
    String contentType() {
        return request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    }

    /** The number of bytes that the caller announces; -1 where none is announced. */
    long length() {
        return request.getLength();
    }

    /** The bytes. Reading waits for the caller, for at most a minute each time. */
    InputStream open() {
        return Content.Source.asInputStream(request);
    }

    /** The parts of a form, in files where the configuration says so; no thread waits for them. */
    CompletionStage<MultiPartFormData.Parts> parts(String contentType, MultiPartConfig configuration) {
        // Not the request's own attributes: Jetty sets one after the parts are complete, perhaps in the next request
        // then.
        CompletableFuture<MultiPartFormData.Parts> arrived = new CompletableFuture<>();
        MultiPartFormData.onParts(
                request, new Attributes.Mapped(), contentType, configuration, Promise.Invocable.toPromise(arrived));
        return arrived;
    }
}
