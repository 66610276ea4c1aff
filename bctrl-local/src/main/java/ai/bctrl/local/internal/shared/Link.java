package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.loop.Frames;
import ai.bctrl.local.internal.loop.Loop;
import ai.bctrl.local.internal.loop.Upgrade;
import ai.bctrl.local.internal.loop.Wire;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Our own conversation with the shared browser. Its answers are whole messages. Belongs to the loop's thread. */
final class Link {

    /** Hears what the browser says. */
    interface Listener {
        /** The conversation may begin. */
        void opened();

        /** Something happened. */
        void event(String method, JsonObject params);

        /** The conversation is over. */
        void closed();
    }

    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    private final Listener listener;
    private final Map<Long, Consumer<@Nullable JsonObject>> pending = new HashMap<>();
    private @Nullable Wire wire;
    private long lastId;

    Link(Listener listener) {
        this.listener = listener;
    }

    void open(Loop loop, URI devTools) {
        try {
            wire = Upgrade.ask(loop, devTools, new Upgrade.Outcome() {
                @Override
                public void done(Wire opened, String header, byte[] early) throws IOException {
                    if (!header.startsWith("HTTP/1.1 101 ")) {
                        throw new IOException("the browser refused the upgrade");
                    }
                    Incoming incoming = new Incoming();
                    opened.listen(new Wire.Listener() {
                        @Override
                        public void received(byte[] bytes, int from, int to) throws IOException {
                            incoming.take(bytes, from, to);
                        }

                        @Override
                        public void ended() {
                            end();
                        }
                    });
                    listener.opened();
                    incoming.take(early, 0, early.length);
                }

                @Override
                public void failed() {
                    end();
                }
            });
        } catch (IOException unreachable) {
            end();
        }
    }

    /**
     * Sends a command.
     *
     * @param answer gets {@code {"result":...}} or {@code {"error":...}}, or null where there will be none
     */
    void send(String method, JsonObject params, @Nullable String session, Consumer<@Nullable JsonObject> answer) {
        Wire open = wire;
        if (open == null || open.isOver()) {
            answer.accept(null);
            return;
        }
        long id = ++lastId;
        pending.put(id, answer);
        byte[] frame = Frames.fromClient(Json.command(id, method, params, session));
        open.write(frame, 0, frame.length);
    }

    /** Sends a command of which nobody wants to know the answer. */
    void tell(String method, JsonObject params, @Nullable String session) {
        send(method, params, session, answer -> {});
    }

    void close() {
        Wire open = wire;
        if (open != null) {
            open.close();
        }
    }

    private void end() {
        Map<Long, Consumer<@Nullable JsonObject>> left = new HashMap<>(pending);
        pending.clear();
        left.values().forEach(answer -> answer.accept(null));
        listener.closed();
    }

    private void receive(String text) throws IOException {
        JsonObject message;
        try {
            message = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException e) {
            throw new IOException("the browser sent no JSON", e);
        }
        if (message.has("id")) {
            Consumer<@Nullable JsonObject> answer =
                    pending.remove(message.get("id").getAsLong());
            if (answer != null) {
                answer.accept(message);
            }
        } else if (message.has("method") && !message.has("sessionId")) {
            listener.event(
                    message.get("method").getAsString(),
                    message.has("params") ? message.getAsJsonObject("params") : new JsonObject());
        }
    }

    private final class Incoming extends MessageFilter {
        Incoming() {
            super(false);
        }

        @Override
        Verdict look(byte[] bytes, int from, int to) {
            return Verdict.HOLD;
        }

        @Override
        Verdict whole() {
            return Verdict.HOLD;
        }

        @Override
        void held(String text) throws IOException {
            try {
                receive(text);
            } catch (RuntimeException fault) {
                // All runtimes of this browser depend on this conversation.
                LOG.log(System.Logger.Level.ERROR, "an event of a shared browser was not understood", fault);
            }
        }

        @Override
        void emit(byte[] bytes, int from, int to) {
            // Control frames: there is nothing to say to them.
        }
    }
}
