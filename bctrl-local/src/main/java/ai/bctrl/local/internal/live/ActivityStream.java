package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The activity of a run as a stream of server-sent events: {@code run.activity}, with the row as data. Ends with the run's
 * feed, the lease or the reader. Thread-safe; no thread waits for the reader.
 */
public final class ActivityStream {

    private static final int MOST_WAITING = 5000;

    private final Response response;
    private final Callback callback;
    private final Deque<String> waiting = new ArrayDeque<>();
    private ActivityFeed.@Nullable Subscription rows;
    private @Nullable Runnable onOver;
    private boolean writing;
    private boolean over;

    private ActivityStream(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    /** Answers a request with the rows there are and those that come. */
    public static ActivityStream start(
            ActivityFeed feed, ViewLease lease, Request request, Response response, Callback callback) {
        request.addIdleTimeoutListener(timeout -> false);
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        ActivityStream stream = new ActivityStream(response, callback);
        stream.offer(": activity\n\n");
        stream.follow(feed.follow(lease.runId(), stream::row));
        return stream;
    }

    private void row(JsonObject row) {
        JsonElement id = row.get("id");
        offer("event: run.activity\n"
                + (id == null || !id.isJsonPrimitive() ? "" : "id: " + id.getAsString() + "\n")
                + "data: " + row + "\n\n");
    }

    /** Keeps the connection open where nothing happens. */
    public void beat() {
        offer(": heartbeat\n\n");
    }

    /** Has something done when the stream is over; at once if it is. */
    public void whenOver(Runnable work) {
        synchronized (waiting) {
            if (!over) {
                onOver = work;
                return;
            }
        }
        work.run();
    }

    private void follow(ActivityFeed.Subscription subscription) {
        boolean late;
        synchronized (waiting) {
            rows = subscription;
            late = over;
        }
        if (late) {
            subscription.close();
        }
    }

    private void offer(String text) {
        synchronized (waiting) {
            if (over) {
                return;
            }
            waiting.add(text);
            if (waiting.size() > MOST_WAITING) {
                waiting.clear();
                writing = true;
                end(true);
                return;
            }
            if (writing) {
                return;
            }
            writing = true;
        }
        writeNext();
    }

    private void writeNext() {
        String text;
        synchronized (waiting) {
            if (over) {
                return;
            }
            text = String.join("", waiting);
            waiting.clear();
            if (text.isEmpty()) {
                writing = false;
                return;
            }
        }
        Content.Sink.write(response, false, text, Callback.from(this::writeNext, failure -> end(true)));
    }

    /** Ends the stream. */
    public void close() {
        end(false);
    }

    private void end(boolean broken) {
        ActivityFeed.Subscription subscription;
        Runnable afterwards;
        boolean idle;
        synchronized (waiting) {
            if (over) {
                return;
            }
            over = true;
            idle = !writing;
            subscription = rows;
            afterwards = onOver;
        }
        if (afterwards != null) {
            afterwards.run();
        }
        if (subscription != null) {
            subscription.close();
        }
        if (broken || !idle) {
            callback.failed(new IOException("the reader of the activity is too slow or gone"));
        } else {
            response.write(true, StandardCharsets.UTF_8.encode(""), callback);
        }
    }
}
