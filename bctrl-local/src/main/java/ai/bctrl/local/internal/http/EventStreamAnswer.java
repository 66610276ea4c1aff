package ai.bctrl.local.internal.http;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.EventFeed;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunStatus;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The events of a run as server-sent events, from a place on to the run's end. */
final class EventStreamAnswer implements DirectAnswer {

    private static final int PAGE = 100;
    private static final long HEARTBEAT_SECONDS = 15;

    private final Services services;
    private final String runId;
    private final EventQuery query;

    EventStreamAnswer(Services services, String runId, EventQuery query) {
        this.services = services;
        this.runId = runId;
        this.query = query;
    }

    @Override
    public void send(Request request, Response response, Callback callback) {
        EventFeed feed =
                services.events().follow(runId, query, request.getHeaders().get("Last-Event-ID"));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        // Tells a reverse proxy of the nginx kind not to hold events back.
        response.getHeaders().put("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            feed.close();
            response.write(true, null, callback);
            return;
        }
        Stream stream = new Stream(request, response, callback, feed);
        // The headers go out at once: the reader knows that it is heard.
        stream.write(false, ": events\n\n");
        feed.onNews(stream::awaken);
    }

    /** What is sent next is read when the last was taken: a slow reader costs no memory, and no thread waits for it. */
    private final class Stream implements Callback {
        private final Request request;
        private final Content.Sink response;
        private final Callback callback;
        private final EventFeed feed;
        private boolean busy;
        private boolean news;
        private boolean last;
        private Scheduler.@Nullable Task heartbeat;

        Stream(Request request, Content.Sink response, Callback callback, EventFeed feed) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.feed = feed;
        }

        /** Has the stream look for more; returns at once. */
        void awaken() {
            synchronized (this) {
                news = true;
                if (busy || last) {
                    return;
                }
                busy = true;
            }
            request.getComponents().getExecutor().execute(this::advance);
        }

        /** Sends a page, or the end, or nothing. Only while busy. */
        private void advance() {
            try {
                synchronized (this) {
                    news = false;
                }
                // Read before the events: its last ones are written together with its end.
                Run run = services.runs().get(runId);
                List<RunEvent> page = feed.next(PAGE);
                if (!page.isEmpty()) {
                    write(false, frames(page));
                } else if (run.status() != RunStatus.ACTIVE) {
                    write(true, "event: run.ended\ndata: " + Json.write(end(run)) + "\n\n");
                } else if (feed.isEnded()) {
                    write(true, ": the control plane is shutting down\n\n");
                } else {
                    rest();
                }
            } catch (ApiProblem deleted) {
                write(true, ": the run was deleted\n\n");
            } catch (RuntimeException broken) {
                failed(broken);
            }
        }

        private void rest() {
            synchronized (this) {
                busy = news;
                if (!busy) {
                    heartbeat = request.getComponents()
                            .getScheduler()
                            .schedule(this::beat, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                    return;
                }
            }
            request.getComponents().getExecutor().execute(this::advance);
        }

        private void beat() {
            synchronized (this) {
                if (busy || last) {
                    return;
                }
                busy = true;
            }
            write(false, ": heartbeat\n\n");
        }

        void write(boolean isLast, String text) {
            synchronized (this) {
                busy = true;
                last = isLast;
                if (heartbeat != null) {
                    heartbeat.cancel();
                    heartbeat = null;
                }
            }
            response.write(isLast, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), this);
        }

        @Override
        public void succeeded() {
            if (isLast()) {
                feed.close();
                callback.succeeded();
            } else {
                request.getComponents().getExecutor().execute(this::advance);
            }
        }

        private synchronized boolean isLast() {
            return last;
        }

        /** The reader is gone. */
        @Override
        public void failed(Throwable cause) {
            synchronized (this) {
                last = true;
            }
            feed.close();
            callback.failed(cause);
        }
    }

    private static String frames(List<RunEvent> page) {
        StringBuilder frames = new StringBuilder(page.size() * 512);
        for (RunEvent event : page) {
            frames.append("event: run.event\nid: ")
                    .append(event.id())
                    .append("\ndata: ")
                    .append(Json.write(event))
                    .append("\n\n");
        }
        return frames.toString();
    }

    private static JsonObject end(Run run) {
        JsonObject end = new JsonObject();
        end.addProperty("runId", run.id());
        end.addProperty("status", run.status().wireName());
        end.addProperty("endedAt", run.endedAt());
        JsonElement reason = run.extra().get("reason");
        end.add("reason", reason);
        return end;
    }
}
