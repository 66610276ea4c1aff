package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.http.FileAnswer;
import ai.bctrl.local.internal.http.PageAnswers;
import ai.bctrl.local.internal.http.Site;
import ai.bctrl.local.internal.recording.FrameLog.Frame;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.ViewLeases;
import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import ai.bctrl.model.RunArtifact;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The replay page, {@code /replay/{token}}, and what it asks for: {@code frames.json}, {@code timeline.json},
 * {@code frames/{n}.jpg}, {@code export}, {@code activity} and {@code video.webm} below it. Whoever has the token of a lease may look.
 * Thread-safe.
 */
final class ReplaySite implements Site {

    private static final System.Logger LOGGER = System.getLogger(ReplaySite.class.getName());
    private static final String ROOT = "replay";

    private final ViewLeases leases;
    private final Replay replay;
    private final Timeline timeline;
    private final VideoExports exports;
    private final ReplayActivity activity;
    private final Executor executor;
    private final Pages pages = new Pages();

    ReplaySite(
            ViewLeases leases,
            Replay replay,
            Timeline timeline,
            VideoExports exports,
            ReplayActivity activity,
            Executor executor) {
        this.leases = leases;
        this.replay = replay;
        this.timeline = timeline;
        this.exports = exports;
        this.activity = activity;
        this.executor = executor;
    }

    @Override
    public boolean serves(List<String> segments) {
        return segments.size() >= 2 && segments.get(0).equals(ROOT);
    }

    @Override
    public void handle(Request request, Response response, Callback callback, List<String> segments, String authority) {
        executor.execute(() -> {
            try {
                answer(request, response, callback, segments);
            } catch (ApiProblem problem) {
                PageAnswers.problem(response, callback, problem);
            } catch (IOException failed) {
                LOGGER.log(System.Logger.Level.ERROR, "a recording cannot be read", failed);
                PageAnswers.problem(
                        response,
                        callback,
                        new ApiProblem(500, "recording.unreadable", "The recording cannot be read.", Map.of()));
            } catch (RuntimeException failed) {
                callback.failed(failed);
            }
        });
    }

    private void answer(Request request, Response response, Callback callback, List<String> segments)
            throws IOException {
        String method = request.getMethod();
        String what = segments.size() == 2 ? "" : String.join("/", segments.subList(2, segments.size()));
        boolean post = what.equals("export") && method.equals("POST");
        if (!post && !method.equals("GET") && !method.equals("HEAD")) {
            throw new ApiProblem(
                    405,
                    "route.method_not_allowed",
                    "This page can only be read.",
                    Map.of("allow", List.of("GET", "HEAD")));
        }
        Answer asset = segments.get(1).equals("assets") ? pages.asset(what) : null;
        if (asset != null) {
            write(response, callback, asset);
            return;
        }
        ViewLease lease = leases.find(ViewLeases.Kind.RECORDING, segments.get(1));
        if (lease == null || !leases.isValid(lease)) {
            refuse(response, callback, lease, what.isEmpty());
        } else if (what.equals("activity")) {
            activity.stream(request, response, callback, lease);
        } else if (what.equals("video.webm")) {
            video(request, response, callback, lease.runId());
        } else {
            write(response, callback, answer(request, lease, what));
        }
    }

    private void refuse(Response response, Callback callback, @Nullable ViewLease lease, boolean page) {
        String title = lease == null ? "There is no such replay" : "This link is over";
        String text = lease == null
                ? "The link is not complete, or it is older than the control plane that answers."
                : (lease.revoked() ? "The link was taken back." : "The link has expired.")
                        + " Ask for a new one: POST /v1/runs/" + lease.runId() + "/recording.";
        int status = lease == null ? 404 : 410;
        if (page) {
            write(response, callback, pages.message(title, text).withStatus(status));
        } else {
            throw new ApiProblem(status, "recording.lease_over", text, Map.of());
        }
    }

    private Answer answer(Request request, ViewLease lease, String what) throws IOException {
        Replay.View view = replay.view(lease.runId());
        return switch (what) {
            case "" -> pages.replay();
            case "frames.json" -> data(ReplayJson.frames(view, from(request), exports.status(view)));
            case "timeline.json" -> timeline(view);
            case "export" -> data(request.getMethod().equals("POST") ? exports.start(view) : exports.status(view));
            default -> picture(view, what);
        };
    }

    private Answer timeline(Replay.View view) {
        JsonObject json = new JsonObject();
        json.add("marks", timeline.marks(view.runId(), view.startedAt()));
        return data(json);
    }

    private static int from(Request request) {
        String query = request.getHttpURI().getQuery();
        try {
            return query == null || !query.startsWith("from=") ? 0 : Integer.parseInt(query.substring(5));
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    private Answer picture(Replay.View view, String what) throws IOException {
        if (what.matches("frames/[0-9]{1,7}\\.jpg")) {
            int number = Integer.parseInt(what.substring(7, what.length() - 4));
            List<Frame> frames = view.log().frames();
            if (number < frames.size()) {
                return Answer.jpeg(replay.log(view.runId()).jpeg(frames.get(number)));
            }
        }
        throw new ApiProblem(404, "recording.not_found", "There is nothing of this name in the recording.", Map.of());
    }

    private static Answer data(JsonObject json) {
        return Answer.json(200, json);
    }

    private void video(Request request, Response response, Callback callback, String runId) {
        RunArtifact video = exports.find(runId);
        if (video == null) {
            throw new ApiProblem(
                    404,
                    "recording.not_exported",
                    "No video was made of this recording yet; POST to export.",
                    Map.of());
        }
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        new FileAnswer(video, exports.content(video)).send(request, response, callback);
    }

    private static void write(Response response, Callback callback, Answer answer) {
        HttpFields.Mutable headers = head(response, answer.status(), answer.contentType(), answer.isCacheable());
        headers.put(HttpHeader.CONTENT_LENGTH, answer.bytes().length);
        response.write(true, ByteBuffer.wrap(answer.bytes()), callback);
    }

    private static HttpFields.Mutable head(Response response, int status, String contentType, boolean cacheable) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(status);
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put(HttpHeader.CACHE_CONTROL, cacheable ? "private, max-age=86400, immutable" : "no-store");
        headers.put("Content-Security-Policy", Pages.contentSecurityPolicy());
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }
}
