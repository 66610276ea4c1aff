package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;

/** Requests, answers, failures and WebSockets. Not thread-safe: belongs to its {@link RunObservation}. */
final class NetworkEvents {

    private static final int MEMORY = 5_000;
    private static final String DOMAIN = "Network";

    private record Sent(String url, String resourceType, boolean cached, boolean answered) {}

    private static final class Socket {
        private final String url;
        private boolean open;
        private boolean failed;
        private long sent;
        private long received;

        Socket(String url) {
            this.url = url;
        }
    }

    private final RunLog log;
    private final TargetEvents targets;
    private final Map<String, Sent> requests = new Recent<>(MEMORY);
    private final Map<String, Socket> sockets = new Recent<>(MEMORY);

    NetworkEvents(RunLog log, TargetEvents targets) {
        this.log = log;
        this.targets = targets;
    }

    void sent(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        JsonObject request = Fields.object(params, "request");
        String url = Fields.text(request, "url", "");
        if (url.startsWith("data:")) {
            return;
        }
        int hop = at.session().hops.merge(id, 1, Integer::sum);
        if (!log.isNews("sent " + id + " " + hop, at.session())) {
            return;
        }
        Sent before = requests.get(id);
        JsonObject redirect = Fields.object(params, "redirectResponse");
        if (redirect.size() > 0) {
            log.add(at, "network.response", response(id, redirect, false).flag("redirect", true));
        }
        boolean preflight =
                Fields.text(Fields.object(params, "initiator"), "type", "").equals("preflight");
        String type =
                preflight ? "preflight" : Fields.text(params, "type", "Other").toLowerCase(Locale.ROOT);
        requests.put(id, new Sent(url, type, false, false));
        String frame = Fields.text(params, "frameId");
        Target target = at.target();
        if (frame != null && target != null) {
            targets.learnFrame(frame, target.pageId);
        }
        log.add(
                at,
                "network.request",
                new EventData()
                        .plain("requestId", id)
                        .plain("method", Fields.text(request, "method"))
                        .url("url", url)
                        .plain("resourceType", type)
                        .plain("frameId", frame)
                        .url("redirectedFrom", redirect.size() > 0 && before != null ? before.url : null));
    }

    void servedFromCache(JsonObject params) {
        requests.computeIfPresent(
                Fields.text(params, "requestId", ""), (id, sent) -> new Sent(sent.url, sent.resourceType, true, false));
    }

    void answered(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        JsonObject response = Fields.object(params, "response");
        if (Fields.text(response, "url", "").startsWith("data:") || !log.isFirst("answered " + id)) {
            return;
        }
        Sent sent = requests.get(id);
        if (sent != null) {
            requests.put(id, new Sent(sent.url, sent.resourceType, sent.cached, true));
        }
        boolean cached = (sent != null && sent.cached)
                || Fields.flag(response, "fromDiskCache")
                || Fields.flag(response, "fromPrefetchCache");
        EventData data = response(id, response, cached);
        data.flagIf("fromServiceWorker", Fields.flag(response, "fromServiceWorker"));
        log.add(at, "network.response", data);
    }

    private static EventData response(String id, JsonObject response, boolean cached) {
        return new EventData()
                .plain("requestId", id)
                .number("status", Fields.whole(response, "status", 0))
                .url("url", Fields.text(response, "url"))
                .plain("mimeType", Fields.text(response, "mimeType"))
                .flag("fromCache", cached);
    }

    void failed(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        Sent sent = requests.get(id);
        if (sent == null || !log.isFirst("failed " + id)) {
            // Not sent, such as an image in the page's own text.
            return;
        }
        if (sent.answered && sent.resourceType.equals("document") && Fields.flag(params, "canceled")) {
            // The answer leads to no document: it is a download, or empty.
            return;
        }
        log.add(
                at,
                "network.failed",
                new EventData()
                        .plain("requestId", id)
                        .url("url", sent.url)
                        .plain("resourceType", sent.resourceType)
                        .plain("error", Fields.text(params, "errorText"))
                        .flagIf("canceled", Fields.flag(params, "canceled"))
                        .plain("blockedReason", Fields.text(params, "blockedReason"))
                        .plain("corsError", Fields.text(Fields.object(params, "corsErrorStatus"), "corsError")));
    }

    void socketCreated(JsonObject params) {
        sockets.putIfAbsent(Fields.text(params, "requestId", ""), new Socket(Fields.text(params, "url", "")));
    }

    void socketAnswered(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        Socket socket = sockets.get(id);
        if (socket != null && !socket.open && Fields.whole(Fields.object(params, "response"), "status", 0) == 101) {
            socket.open = true;
            log.add(
                    at,
                    "websocket.opened",
                    new EventData().plain("requestId", id).url("url", socket.url));
        }
    }

    /** A message has passed. */
    void socketFrame(Moment at, JsonObject params, boolean received) {
        Socket socket = sockets.get(Fields.text(params, "requestId", ""));
        Target target = at.target();
        if (socket != null && (target == null || target.authority(DOMAIN) == at.session())) {
            if (received) {
                socket.received++;
            } else {
                socket.sent++;
            }
        }
    }

    void socketFailed(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        Socket socket = sockets.get(id);
        if (socket != null && !socket.open && !socket.failed) {
            socket.failed = true;
            log.add(
                    at,
                    "network.failed",
                    new EventData()
                            .plain("requestId", id)
                            .url("url", socket.url)
                            .plain("resourceType", "websocket")
                            .text("error", Fields.text(params, "errorMessage")));
        }
    }

    void socketClosed(Moment at, JsonObject params) {
        String id = Fields.text(params, "requestId", "");
        Socket socket = sockets.remove(id);
        if (socket != null && socket.open) {
            log.add(
                    at,
                    "websocket.closed",
                    new EventData()
                            .plain("requestId", id)
                            .url("url", socket.url)
                            .number("sent", socket.sent)
                            .number("received", socket.received));
        }
    }
}
