package ai.bctrl.local.internal.cdp;

import ai.bctrl.local.internal.loop.Frames;
import ai.bctrl.local.internal.loop.Loop;
import ai.bctrl.local.internal.loop.Wire;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A conversation of the control plane's own with one browser. Thread-safe. Whoever opened it closes it. */
public final class CdpClient implements AutoCloseable {

    /** How long an answer may take where nothing else is said. */
    public static final Duration ANSWER = Duration.ofSeconds(10);

    private final Loop loop;
    private final Wire wire;
    private final CdpListener listener;
    private final ScheduledExecutorService clock;
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Runnable end = this::end;

    private record Pending(String method, CompletableFuture<JsonObject> answer) {}

    CdpClient(Loop loop, Wire wire, CdpListener listener, ScheduledExecutorService clock) {
        this.loop = loop;
        this.wire = wire;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Begins to listen, on the loop's thread.
     *
     * @param early what came with the answer to the upgrade
     */
    void begin(byte[] early) throws IOException {
        Receiver receiver = new Receiver();
        wire.listen(receiver);
        loop.beforeEnd(end);
        receiver.received(early, 0, early.length);
    }

    /** Sends a command to the browser itself, to be answered within 10 s. */
    public CompletableFuture<JsonObject> send(String method, JsonObject params) {
        return send(method, params, null, ANSWER);
    }

    /** Sends a command to a session, to be answered within 10 s. */
    public CompletableFuture<JsonObject> send(String method, JsonObject params, @Nullable String sessionId) {
        return send(method, params, sessionId, ANSWER);
    }

    /**
     * Sends a command.
     *
     * @param sessionId null for the browser itself
     * @param patience how long the answer may take
     * @return the result; fails with a {@link CdpException}. What is done with it must not keep the thread
     */
    public CompletableFuture<JsonObject> send(
            String method, JsonObject params, @Nullable String sessionId, Duration patience) {
        long id = lastId.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", params);
        if (sessionId != null) {
            message.addProperty("sessionId", sessionId);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        pending.put(id, new Pending(method, answer));
        ScheduledFuture<?> alarm = clock.schedule(
                () -> fail(id, "was not answered within " + patience.toMillis() + " ms"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = answer.whenComplete((result, failure) -> alarm.cancel(false));
        post(Frames.fromClient(message.toString()));
        if (gone.isDone()) {
            fail(id, "was not sent: the connection to the browser is over");
        }
        return answer;
    }

    /** {@return completes when the connection is over, from whichever side} */
    public CompletionStage<Void> gone() {
        return gone;
    }

    /** Ends the conversation; what is unanswered fails. */
    @Override
    public void close() {
        loop.execute(wire::close);
        end();
    }

    private void post(byte[] frame) {
        loop.execute(() -> wire.write(frame, 0, frame.length));
    }

    private void fail(long id, String reason) {
        Pending command = pending.remove(id);
        if (command != null) {
            command.answer.completeExceptionally(new CdpException(command.method + " " + reason));
        }
    }

    private void end() {
        gone.complete(null);
        for (Long id : pending.keySet()) {
            fail(id, "was not answered: the connection to the browser is over");
        }
    }

    private void receive(String text) {
        JsonObject message;
        try {
            message = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException malformed) {
            return;
        }
        if (message.has("id")) {
            answer(message);
        } else if (message.has("method")) {
            listener.event(
                    message.get("method").getAsString(),
                    message.has("sessionId") ? message.get("sessionId").getAsString() : null,
                    message.has("params") ? message.getAsJsonObject("params") : new JsonObject());
        }
    }

    private void answer(JsonObject message) {
        long id = message.get("id").getAsLong();
        if (message.has("error")) {
            JsonObject error = message.getAsJsonObject("error");
            fail(id, "failed: " + (error.has("message") ? error.get("message").getAsString() : error));
            return;
        }
        Pending command = pending.remove(id);
        if (command != null) {
            command.answer.complete(message.has("result") ? message.getAsJsonObject("result") : new JsonObject());
        }
    }

    private final class Receiver implements Wire.Listener, MessageReader.Listener {
        private final MessageReader reader = new MessageReader(this);

        @Override
        public void received(byte[] bytes, int from, int to) throws IOException {
            reader.take(bytes, from, to);
        }

        @Override
        public void text(String text) {
            receive(text);
        }

        @Override
        public void ping(byte[] payload) {
            byte[] pong = Frames.pong(payload);
            wire.write(pong, 0, pong.length);
        }

        @Override
        public void close() {
            wire.close();
        }

        @Override
        public void ended() {
            loop.forget(end);
            end();
        }
    }
}
