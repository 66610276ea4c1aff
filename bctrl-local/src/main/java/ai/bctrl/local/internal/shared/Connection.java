package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.loop.ClientSide;
import ai.bctrl.local.internal.loop.Frames;
import ai.bctrl.local.internal.loop.Wire;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of one runtime and its own connection to the shared browser, with the filter between them. Sessions belong to
 * a connection in the browser, so their ids need no translation. Belongs to the loop's thread.
 */
final class Connection {

    private static final String ROOT = "";
    private static final Set<String> TOLD_TWICE = Set.of("service_worker", "shared_worker");
    private static final String RESUME = "Runtime.runIfWaitingForDebugger";

    /** Longer commands pass while they come, once their name is known. */
    private static final int STREAMED = 64 * 1024;

    private record Waiting(String target, Scope scope) {}

    /** An attachment that is under way; the client's own has no scope. */
    private record Attaching(@Nullable Scope scope) {}

    private final Hub hub;
    private final Tenant tenant;
    private final ClientSide client;
    private final Wire browser;
    private final Commands commands;
    private final Downloads downloads;
    private final Upwards up = new Upwards();
    private final Downwards down = new Downwards();
    private final Map<String, Scope> scopes = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();

    /** For each target the attachments that are under way, in order. */
    private final Map<String, Deque<Attaching>> attaching = new HashMap<>();

    private final Map<Long, Consumer<JsonObject>> expected = new HashMap<>();
    private long lastId = CommandScanner.OWN_IDS;
    private boolean ended;

    Connection(Hub hub, Tenant tenant, ClientSide client, Wire browser) {
        this.hub = hub;
        this.tenant = tenant;
        this.client = client;
        this.browser = browser;
        this.commands = new Commands(hub, tenant, this);
        this.downloads = new Downloads(hub, tenant, this::toClient);
        scopes.put(ROOT, new Scope(null));
        client.listen(new FromClient());
        browser.listen(new FromBrowser());
    }

    /** Takes what came behind the headers of the two upgrades. */
    void start(byte[] fromClient, byte[] fromBrowser) throws IOException {
        down.take(fromBrowser, 0, fromBrowser.length);
        up.take(fromClient, 0, fromClient.length);
    }

    /** The root and the further sessions of the browser itself. */
    Collection<Scope> scopes() {
        return scopes.values();
    }

    /** What the session was promised; null for a session of a page. */
    @Nullable
    Scope scope(@Nullable String session) {
        return scopes.get(session == null ? ROOT : session);
    }

    /** Writes a message of ours to the client, behind the message that is just being written. */
    void toClient(String text) {
        down.inject(Frames.fromServer(text));
    }

    /** Passes a client's command on. */
    void toBrowser(String text) {
        up.inject(Frames.fromClient(text));
    }

    /** Has the answer to a client's command shown to us; whoever is shown it passes it on. */
    void expect(long id, Consumer<JsonObject> answer) {
        expected.put(id, answer);
    }

    private void sendOwn(String method, JsonObject params, @Nullable String session, Consumer<JsonObject> answer) {
        long id = ++lastId;
        expected.put(id, answer);
        toBrowser(Json.command(id, method, params, session));
    }

    /**
     * Runs something when the client has been told all that the browser has said until now: what the hub hears comes on a
     * socket of its own, and may be earlier.
     */
    void afterAllEvents(Runnable then) {
        if (ended) {
            return;
        }
        // Any command does: the browser answers behind what it has said.
        sendOwn("Browser.getVersion", new JsonObject(), null, answer -> then.run());
    }

    /** Attaches to a target on behalf of a scope that has asked for all of them. */
    void attach(Scope scope, String target) {
        if (ended || !scope.begin(target)) {
            return;
        }
        JsonObject params = Json.of("targetId", target);
        params.addProperty("flatten", true);
        attaching.computeIfAbsent(target, unused -> new ArrayDeque<>()).add(new Attaching(scope));
        sendOwn("Target.attachToTarget", params, scope.session(), answer -> {
            if (answer.has("error")) {
                notAttached(target);
                scope.forget(target);
                hub.release(target, scope);
                scope.told(target);
            }
        });
    }

    /** The client itself attaches to a target. */
    void attachesItself(String target) {
        attaching.computeIfAbsent(target, unused -> new ArrayDeque<>()).add(new Attaching(null));
    }

    /** The next attachment to a target has failed. */
    void notAttached(String target) {
        Scope unused = nextAttachment(target);
    }

    private @Nullable Scope nextAttachment(String target) {
        Deque<Attaching> under = attaching.get(target);
        Attaching next = under == null ? null : under.poll();
        if (under != null && under.isEmpty()) {
            attaching.remove(target);
        }
        return next == null ? null : next.scope;
    }

    /** Ends what a scope has attached to without being asked. */
    void detachAll(Scope scope) {
        for (String session : List.copyOf(scope.sessions().keySet())) {
            sendOwn("Target.detachFromTarget", Json.of("sessionId", session), scope.session(), answer -> {});
        }
        scope.forgetAll();
    }

    private void event(String text, JsonObject message) {
        String method = String.valueOf(Json.text(message, "method"));
        JsonObject params = Json.object(message, "params");
        if (method.startsWith("Browser.download")) {
            downloads.take(method, params, text);
            return;
        }
        Scope scope = scope(Json.text(message, "sessionId"));
        String child = Json.text(params, "sessionId");
        if (scope == null) {
            // A page tells of its own frames and workers.
            afterTheBrowserItself(Json.object(params, "targetInfo"), text);
        } else if (child != null && method.equals("Target.attachedToTarget")) {
            attached(scope, child, params, text);
        } else if (child != null && method.equals("Target.detachedFromTarget")) {
            detached(scope, child);
            toClient(text);
        }
    }

    /**
     * A service worker is told of by the browser and by its page, in this order: what the client says to the one must come
     * before it lets the other run.
     */
    private void afterTheBrowserItself(JsonObject info, String text) {
        String target = Json.text(info, "targetId");
        if (target != null && TOLD_TWICE.contains(String.valueOf(Json.text(info, "type")))) {
            for (Scope scope : List.copyOf(scopes.values())) {
                if (scope.attaches(info)) {
                    attach(scope, target);
                    scope.promise(Set.of(target), () -> toClient(text));
                    return;
                }
            }
        }
        toClient(text);
    }

    /** Whether the client has said that the target may run, as far as the scope is concerned. */
    boolean isThrough(Scope scope, String target) {
        return scope.sessions().containsValue(target)
                && waiting.values().stream().noneMatch(one -> one.scope == scope && one.target.equals(target));
    }

    private void attached(Scope scope, String child, JsonObject params, String text) {
        JsonObject info = Json.object(params, "targetInfo");
        String target = String.valueOf(Json.text(info, "targetId"));
        if ("browser".equals(Json.text(info, "type"))) {
            scopes.put(child, new Scope(child));
        }
        Scope automatic = nextAttachment(target);
        if (automatic == null) {
            toClient(text);
            return;
        }
        // We may have heard of it from its page, before the hub has.
        boolean held = hub.isHeldFor(target, automatic) || (automatic.waits() && !hub.knows(target));
        automatic.sessions().put(child, target);
        if (held) {
            waiting.put(child, new Waiting(target, automatic));
            params.addProperty("waitingForDebugger", true);
        }
        toClient(Json.event("Target.attachedToTarget", params, scope.session()));
        automatic.told(target);
    }

    private void detached(Scope scope, String child) {
        Waiting left = waiting.remove(child);
        if (left != null) {
            hub.release(left.target, left.scope);
        }
        scope.sessions().remove(child);
        Scope inner = scopes.remove(child);
        if (inner != null) {
            hub.releaseAll(inner);
        }
    }

    /** Whether the session's page was opened by another that it does not know, as links with {@code _blank} do. */
    private boolean isWithoutOpener(String session) {
        Waiting held = waiting.get(session);
        JsonObject info = held == null ? null : tenant.targets().get(held.target);
        return info != null && info.has("openerId") && !Json.flag(info, "canAccessOpener");
    }

    private void resumed(String session) {
        Waiting left = waiting.remove(session);
        if (left != null) {
            hub.release(left.target, left.scope);
        }
    }

    /** Closes both sides, the client's when it has what was written. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        browser.close();
        client.closeSoon();
        scopes.values().forEach(hub::releaseAll);
        hub.disconnected(tenant, this);
    }

    boolean isOver() {
        return ended;
    }

    private final class FromClient implements Wire.Listener {
        @Override
        public void received(byte[] bytes, int from, int to) throws IOException {
            up.take(bytes, from, to);
            client.read(!browser.isCongested());
        }

        @Override
        public void drained() {
            browser.read(true);
        }

        @Override
        public void ended() {
            end();
        }
    }

    private final class FromBrowser implements Wire.Listener {
        @Override
        public void received(byte[] bytes, int from, int to) throws IOException {
            down.take(bytes, from, to);
            browser.read(!client.isCongested());
        }

        @Override
        public void drained() {
            client.read(true);
        }

        @Override
        public void ended() {
            end();
        }
    }

    /** A filter with room for messages of ours that must wait for the end of one that passes. */
    private abstract static class Direction extends MessageFilter {
        private final Deque<byte[]> waiting = new ArrayDeque<>();

        Direction(boolean masked) {
            super(masked);
        }

        void inject(byte[] frame) {
            if (isMidMessage()) {
                waiting.add(frame);
            } else {
                emit(frame, 0, frame.length);
            }
        }

        @Override
        boolean hasBetween() {
            return !waiting.isEmpty();
        }

        @Override
        void between() {
            for (byte[] frame = waiting.poll(); frame != null; frame = waiting.poll()) {
                emit(frame, 0, frame.length);
            }
        }
    }

    private final class Upwards extends Direction {
        private final CommandScanner scanner = new CommandScanner();
        private long size;

        Upwards() {
            super(true);
        }

        @Override
        void emit(byte[] bytes, int from, int to) {
            browser.write(bytes, from, to);
        }

        @Override
        Verdict look(byte[] bytes, int from, int to) {
            scanner.read(bytes, from, to);
            size += to - from;
            String method = scanner.method();
            boolean streamed = size > STREAMED && method != null && Policy.of(method) == Policy.Handling.PAGE;
            return streamed && !scanner.isMalformed() ? Verdict.PASS : Verdict.OPEN;
        }

        @Override
        boolean looksOn() {
            return true;
        }

        @Override
        Verdict whole() {
            Verdict verdict = judge();
            if (verdict == Verdict.PASS) {
                reset();
            }
            return verdict;
        }

        @Override
        void passed() throws IOException {
            if (judge() != Verdict.PASS) {
                throw new IOException("a long command was not what it began as");
            }
            reset();
        }

        private Verdict judge() {
            String method = scanner.method();
            String session = scanner.session();
            if (!scanner.isWhole()
                    || method == null
                    || session == null
                    || Policy.of(method) != Policy.Handling.PAGE
                    || scopes.containsKey(session)) {
                return Verdict.HOLD;
            }
            if (!waiting.isEmpty() && method.equals(RESUME) && waiting.containsKey(session)) {
                long id = scanner.id();
                expect(id, answer -> {
                    toClient(Json.answer(id, answer, session));
                    resumed(session);
                });
                if (isWithoutOpener(session)) {
                    // Its page has no renderer before it may navigate, and nobody to answer. What was asked of it until
                    // now is kept for its renderer once the browser itself has answered.
                    sendOwn("Target.getTargetInfo", new JsonObject(), session, answer -> resumed(session));
                }
            }
            return Verdict.PASS;
        }

        private void reset() {
            scanner.reset();
            size = 0;
        }

        @Override
        void held(String text) {
            boolean whole = scanner.isWhole();
            long id = scanner.id();
            String method = scanner.method();
            String session = scanner.session();
            reset();
            if (!whole || method == null) {
                toClient(Json.answer(id, Json.error(Commands.MALFORMED), null));
                return;
            }
            try {
                JsonObject message = JsonParser.parseString(text).getAsJsonObject();
                commands.take(id, method, Json.object(message, "params"), session);
            } catch (JsonParseException | IllegalStateException | UnsupportedOperationException malformed) {
                toClient(Json.answer(id, Json.error(Commands.MALFORMED), session));
            }
        }
    }

    private final class Downwards extends Direction {
        private static final int HEAD = 64;

        private final byte[] head = new byte[HEAD];
        private int headLength;

        Downwards() {
            super(false);
        }

        @Override
        void emit(byte[] bytes, int from, int to) {
            client.write(bytes, from, to);
        }

        @Override
        Verdict look(byte[] bytes, int from, int to) {
            int n = Math.min(to - from, HEAD - headLength);
            System.arraycopy(bytes, from, head, headLength, n);
            headLength += n;
            return headLength == HEAD ? whole() : Verdict.OPEN;
        }

        @Override
        Verdict whole() {
            boolean hold = MessageHead.isWideEvent(head, headLength)
                    || (!expected.isEmpty() && expected.containsKey(MessageHead.id(head, headLength)));
            headLength = 0;
            return hold ? Verdict.HOLD : Verdict.PASS;
        }

        @Override
        void held(String text) throws IOException {
            JsonObject message;
            try {
                message = JsonParser.parseString(text).getAsJsonObject();
            } catch (JsonParseException e) {
                throw new IOException("the browser sent no JSON", e);
            }
            if (!message.has("id")) {
                event(text, message);
                return;
            }
            Consumer<JsonObject> answer = expected.remove(message.get("id").getAsLong());
            if (answer != null) {
                answer.accept(message);
            }
        }
    }
}
