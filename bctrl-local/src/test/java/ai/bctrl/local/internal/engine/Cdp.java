package ai.bctrl.local.internal.engine;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CDP client that is just enough for tests. Use from one thread. */
public final class Cdp implements WebSocket.Listener, AutoCloseable {

    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");
    private static final long SECONDS = 20;

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile Consumer<String> listener = message -> {};
    private @Nullable WebSocket socket;

    private Cdp() {}

    /** Connects. */
    public static Cdp connect(URI url) throws Exception {
        Cdp cdp = new Cdp();
        cdp.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(url, cdp)
                .get(SECONDS, TimeUnit.SECONDS);
        return cdp;
    }

    /** Shows each message, in order and before it counts as an answer. */
    public void listen(Consumer<String> next) {
        listener = next;
    }

    /** Sends a command and gives the whole answer. */
    public String send(String method, String params, @Nullable String session) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        pending.put(id, answer);
        String message = "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params
                + (session == null ? "" : ",\"sessionId\":\"" + session + "\"") + "}";
        socket().sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Opens a page and attaches to it. */
    public String openPage(String url) throws Exception {
        String target = field(send("Target.createTarget", "{\"url\":\"about:blank\"}", null), "targetId");
        String session = field(
                send("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}", null), "sessionId");
        send("Page.enable", "{}", session);
        send("Page.navigate", "{\"url\":\"" + url + "\"}", session);
        Await.until(
                "the page is loaded",
                Duration.ofSeconds(SECONDS),
                () -> evaluate(session, "location.href + document.readyState").equals(url + "complete"));
        return session;
    }

    /** Evaluates an expression that gives a string. */
    public String evaluate(String session, String expression) throws Exception {
        return field(
                send(
                        "Runtime.evaluate",
                        "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":\""
                                + expression.replace("\"", "\\\"") + "\"}",
                        session),
                "value");
    }

    /** A string of an answer. */
    public static String field(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*+)\"").matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + json.substring(0, Math.min(500, json.length())));
        }
        return matcher.group(1);
    }

    /** Completes with code and reason of the close frame, or fails with the socket. */
    public CompletableFuture<String> closed() {
        return closed;
    }

    /** Drops the connection without a word. */
    public void drop() {
        socket().abort();
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            listener.accept(message);
            Matcher matcher = ID.matcher(message);
            if (matcher.find()) {
                CompletableFuture<String> answer = pending.remove(Integer.parseInt(matcher.group(1)));
                if (answer != null) {
                    answer.complete(message);
                }
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        end(new IllegalStateException("closed: " + statusCode + " " + reason));
        closed.complete(statusCode + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end(error);
        closed.completeExceptionally(error);
    }

    private void end(Throwable cause) {
        pending.values().forEach(answer -> answer.completeExceptionally(cause));
    }

    @Override
    public void close() {
        socket().abort();
    }
}
