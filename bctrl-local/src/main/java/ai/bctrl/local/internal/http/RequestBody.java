package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/** Reads bodies: JSON only, up to a size, within a time. Thread-safe. */
final class RequestBody {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration DROP_DEADLINE = Duration.ofSeconds(1);

    private static final String ARRIVED = RequestBody.class.getName() + ".arrived";

    private final int maxBytes;

    RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The body's text, empty where there is none; no thread waits for it. */
    CompletionStage<String> read(Request request) {
        long announced = request.getLength();
        if (announced == 0) {
            return CompletableFuture.completedFuture("");
        }
        if (announced > maxBytes) {
            return CompletableFuture.failedStage(tooLarge());
        }
        String coding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return CompletableFuture.failedStage(new ApiProblem(
                    415,
                    "request.unsupported_media_type",
                    "Content-Encoding must be identity: nothing is unpacked here.",
                    Map.of()));
        }
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        request.setAttribute(ARRIVED, arrived);
        Content.Source.asByteArrayAsync(request, maxBytes, Promise.Invocable.toPromise(arrived));
        return arrived.orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).handle((bytes, failure) -> {
            if (failure != null) {
                throw problem(failure);
            }
            if (bytes.length > 0) {
                requireJson(request);
            }
            return Percent.utf8(bytes, "The body");
        });
    }

    /**
     * Reads and drops what is left of a body: a connection with unread bytes cannot serve the next request.
     *
     * @return completes with whether the connection can be used again; no thread waits for it
     */
    CompletionStage<Boolean> drop(Request request) {
        if (request.getLength() > maxBytes) {
            return CompletableFuture.completedFuture(false);
        } else if (request.getAttribute(ARRIVED) instanceof CompletableFuture<?> asked) {
            // It can be asked for only once.
            return CompletableFuture.completedFuture(asked.isDone() && !asked.isCompletedExceptionally());
        }
        CompletableFuture<byte[]> dropped = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, maxBytes, Promise.Invocable.toPromise(dropped));
        return dropped.orTimeout(DROP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((bytes, failure) -> failure == null);
    }

    private static void requireJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String[] parts =
                type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw new ApiProblem(
                    415, "request.unsupported_media_type", "Content-Type must be application/json in UTF-8.", Map.of());
        }
    }

    private ApiProblem tooLarge() {
        return new ApiProblem(
                413,
                "request.too_large",
                "The body is larger than " + maxBytes + " bytes.",
                Map.of("maxBytes", maxBytes));
    }

    private ApiProblem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ApiProblem problem) {
            return problem;
        } else if (cause instanceof TimeoutException) {
            return new ApiProblem(408, "request.timeout", "The body took too long to arrive.", Map.of());
        }
        // Jetty's word for more bytes than asked for.
        return cause instanceof IllegalStateException ? tooLarge() : Percent.malformed("The body cannot be read.");
    }
}
