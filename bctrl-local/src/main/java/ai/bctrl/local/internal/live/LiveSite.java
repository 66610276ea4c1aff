package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.http.PageAnswers;
import ai.bctrl.local.internal.http.Site;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** The page {@code /live/{token}}, its files and its socket. Thread-safe. */
public final class LiveSite implements Site {

    private static final Duration IDLE = Duration.ofSeconds(70);
    private static final int MOST_MESSAGE = 512 << 10;
    private static final Map<String, String> TYPES = Map.of(
            "live.css", "text/css; charset=utf-8",
            "live.js", "text/javascript; charset=utf-8",
            "stage.js", "text/javascript; charset=utf-8",
            "input.js", "text/javascript; charset=utf-8");

    private final LiveViews views;
    private final Executor executor;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /**
     * Creates the site.
     *
     * @param executor for what takes a moment
     */
    public LiveSite(LiveViews views, Executor executor) {
        this.views = views;
        this.executor = executor;
    }

    @Override
    public boolean serves(List<String> segments) {
        return segments.get(0).equals("live");
    }

    @Override
    public void handle(Request request, Response response, Callback callback, List<String> segments, String authority) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw new ApiProblem(
                    405, "route.method_not_allowed", "This path takes GET.", Map.of("allow", List.of("GET", "HEAD")));
        }
        if (segments.size() == 3 && segments.get(1).equals("assets") && TYPES.containsKey(segments.get(2))) {
            String name = segments.get(2);
            PageAnswers.asset(response, callback, String.valueOf(TYPES.get(name)), file(name));
        } else if (segments.size() == 2) {
            page(response, callback, views.lease(segments.get(1)), authority);
        } else if (segments.size() == 3 && segments.get(2).equals("socket")) {
            socket(request, response, callback, views.lease(segments.get(1)), authority);
        } else if (segments.size() == 3 && segments.get(2).equals("activity")) {
            activity(request, response, callback, views.lease(segments.get(1)));
        } else {
            throw new ApiProblem(404, "route.not_found", "There is no such page.", Map.of());
        }
    }

    /** The page is the same for all; its socket tells what there is to see, or why there is nothing. */
    private void page(Response response, Callback callback, @Nullable ViewLease lease, String authority) {
        ViewEnd refusal = views.refusal(lease);
        int status = refusal == null ? 200 : refusal.reason().equals("unknown") ? 404 : 410;
        String policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                + " connect-src 'self' ws://" + authority + " wss://" + authority
                + "; base-uri 'none'; form-action 'none'; frame-ancestors *";
        PageAnswers.html(response, callback, status, policy, new String(file("live.html"), StandardCharsets.UTF_8));
    }

    private byte[] file(String name) {
        return files.computeIfAbsent(name, missing -> {
            try (InputStream in = LiveSite.class.getResourceAsStream(missing)) {
                if (in == null) {
                    throw new IllegalStateException(missing + " is missing from the jar");
                }
                return in.readAllBytes();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    private void socket(
            Request request, Response response, Callback callback, @Nullable ViewLease lease, String authority) {
        Server server = request.getConnectionMetaData().getConnector().getServer();
        LiveSocket socket = new LiveSocket(views, lease, authority, executor);
        boolean upgraded;
        try {
            upgraded = container(server).upgrade((asked, answer, unused) -> socket, request, response, callback);
        } catch (IllegalArgumentException unfit) {
            // Jetty wants an address that Java takes for one.
            throw new ApiProblem(400, "request.malformed", "The URL has a character that no URL may have.", Map.of());
        }
        if (!upgraded) {
            throw new ApiProblem(
                    426, "request.upgrade_required", "This address is for the WebSocket of the page.", Map.of());
        }
    }

    private static synchronized ServerWebSocketContainer container(Server server) {
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server);
        container.setIdleTimeout(IDLE);
        container.setMaxTextMessageSize(MOST_MESSAGE);
        return container;
    }

    private void activity(Request request, Response response, Callback callback, @Nullable ViewLease lease) {
        ViewEnd refusal = views.refusal(lease);
        if (lease == null || refusal != null) {
            throw new ApiProblem(
                    410,
                    "run.live_not_available",
                    refusal == null ? "This link is not known." : refusal.title() + ". " + refusal.message(),
                    Map.of());
        }
        if (!lease.activity()) {
            throw new ApiProblem(404, "route.not_found", "This link was made without the activity.", Map.of());
        }
        views.stream(lease, feed -> ActivityStream.start(feed, lease, request, response, callback));
    }
}
