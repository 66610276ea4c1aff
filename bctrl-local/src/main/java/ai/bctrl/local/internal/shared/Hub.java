package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.loop.Loop;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one shared browser, on one conversation with it: whose its contexts and targets are. The browser tells
 * of new targets here and nowhere else, and here they wait until their own runtime's clients are through with them, so that
 * no runtime can keep another one's pages waiting and none costs the others anything. Belongs to the loop's thread, but for
 * what returns a future.
 */
final class Hub implements Link.Listener {

    private static final Set<String> FRAMED = Set.of("page", "iframe", "webview");

    /** A new target that the browser keeps waiting for us, and who of its runtime is not yet through with it. */
    private record Held(String session, Set<Scope> scopes) {}

    private final Loop loop;
    private final URI devTools;
    private final Runnable lost;
    private final Entrance entrance;
    private final Link link = new Link(this);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<String, Tenant> paths = new HashMap<>();
    private final Map<String, Tenant> contexts = new HashMap<>();
    private final Map<String, Tenant> targets = new HashMap<>();
    private final Map<String, Held> held = new HashMap<>();

    /** Contexts that end with the connection that has made them. */
    private final Map<Connection, List<String>> leased = new HashMap<>();

    private final Set<String> attachedOnce = new HashSet<>();

    /** Targets that we attach to ourselves, to look for a frame. */
    private final Set<String> searched = new HashSet<>();

    /**
     * Creates it.
     *
     * @param devTools the browser's own WebSocket
     * @param lost runs once on the loop's thread when the conversation is over, from whichever side
     */
    Hub(Loop loop, URI devTools, Runnable lost) {
        this.loop = loop;
        this.devTools = devTools;
        this.entrance = new Entrance(loop, this, devTools);
        this.lost = lost;
    }

    /** {@return completes when runtimes can be opened} */
    CompletableFuture<Void> start() {
        loop.execute(() -> {
            try {
                entrance.open();
                link.open(loop, devTools);
            } catch (IOException e) {
                ready.completeExceptionally(e);
            }
        });
        return ready;
    }

    @Override
    public void opened() {
        JsonObject discover = new JsonObject();
        discover.addProperty("discover", true);
        link.tell("Target.setDiscoverTargets", discover, null);
        JsonObject attach = new JsonObject();
        attach.addProperty("autoAttach", true);
        attach.addProperty("waitForDebuggerOnStart", true);
        attach.addProperty("flatten", true);
        link.send("Target.setAutoAttach", attach, null, answer -> {
            if (answer != null && answer.has("result")) {
                ready.complete(null);
            } else {
                ready.completeExceptionally(new IOException("the browser attaches to no targets: " + answer));
            }
        });
    }

    /**
     * Makes a runtime's context.
     *
     * @param path what its WebSocket is reached under; nobody can guess it
     * @param ended a client has told the browser to close
     * @return the WebSocket for its clients
     */
    CompletableFuture<URI> open(String path, @Nullable String proxyServer, Runnable ended) {
        CompletableFuture<URI> opened = new CompletableFuture<>();
        loop.execute(() ->
                link.send("Target.createBrowserContext", proxied(new JsonObject(), proxyServer), null, answer -> {
                    String context = Json.text(Json.object(answer, "result"), "browserContextId");
                    if (context == null) {
                        opened.completeExceptionally(new IOException("the browser makes no context: " + answer));
                        return;
                    }
                    Tenant tenant = new Tenant(context, proxyServer, ended);
                    if (!opened.complete(entrance.url(path))) {
                        // Nobody waits for it any more.
                        link.tell("Target.disposeBrowserContext", Json.of("browserContextId", context), null);
                        return;
                    }
                    contexts.put(context, tenant);
                    paths.put(path, tenant);
                }));
        return opened;
    }

    private static JsonObject proxied(JsonObject params, @Nullable String proxyServer) {
        if (proxyServer != null && !params.has("proxyServer")) {
            params.addProperty("proxyServer", proxyServer);
            // Chromium goes around a proxy for loopback unless told not to.
            params.addProperty("proxyBypassList", "<-loopback>");
        }
        return params;
    }

    /** The runtime whose clients come with the path; null where there is none. */
    @Nullable
    Tenant tenant(String path) {
        return paths.get(path);
    }

    /** {@return the place of a client of the runtime whose socket will be handed over} */
    CompletableFuture<ClientPort.Seat> seat(String path) {
        return entrance.seat(path);
    }

    /** {@return completes when nothing of the runtime is left in the browser} */
    CompletableFuture<Void> close(String path) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        loop.execute(() -> {
            Tenant tenant = paths.remove(path);
            if (tenant == null) {
                closed.complete(null);
                return;
            }
            tenant.close();
            List.copyOf(tenant.connections()).forEach(Connection::end);
            List<CompletableFuture<Void>> disposals = new ArrayList<>();
            for (String context : List.copyOf(tenant.contexts())) {
                CompletableFuture<Void> disposal = new CompletableFuture<>();
                disposals.add(disposal);
                dispose(context, answer -> disposal.complete(null));
            }
            var unused = CompletableFuture.allOf(disposals.toArray(CompletableFuture[]::new))
                    .thenRun(() -> closed.complete(null));
        });
        return closed;
    }

    /** Ends the conversation and the sockets of all runtimes. */
    void close() {
        loop.execute(link::close);
    }

    @Override
    public void closed() {
        ready.completeExceptionally(new IOException("the browser ended the conversation"));
        entrance.close();
        for (Tenant tenant : List.copyOf(paths.values())) {
            List.copyOf(tenant.connections()).forEach(Connection::end);
        }
        lost.run();
    }

    @Override
    public void event(String method, JsonObject params) {
        switch (method) {
            case "Target.targetCreated", "Target.targetInfoChanged" -> {
                JsonObject info = Json.object(params, "targetInfo");
                String target = Json.text(info, "targetId");
                Tenant tenant = contexts.get(Json.text(info, "browserContextId"));
                if (target != null && tenant != null) {
                    boolean isNew = tenant.targets().put(target, info) == null;
                    targets.put(target, tenant);
                    tell(tenant, isNew ? "Target.targetCreated" : method, info, params);
                }
            }
            case "Target.targetDestroyed", "Target.targetCrashed" -> gone(method, params);
            case "Target.attachedToTarget" -> attached(params);
            case "Target.detachedFromTarget" -> {
                String session = Json.text(params, "sessionId");
                held.values().removeIf(one -> one.session.equals(session));
            }
            default -> {}
        }
    }

    private static void tell(Tenant tenant, String method, JsonObject info, JsonObject params) {
        for (Connection connection : tenant.connections()) {
            for (Scope scope : connection.scopes()) {
                if (scope.discovers(info)) {
                    connection.toClient(Json.event(method, params, scope.session()));
                }
            }
        }
    }

    private void gone(String method, JsonObject params) {
        String target = String.valueOf(Json.text(params, "targetId"));
        Tenant tenant = targets.get(target);
        JsonObject info = tenant == null ? null : tenant.targets().get(target);
        if (tenant == null || info == null) {
            return;
        }
        if (method.equals("Target.targetDestroyed")) {
            targets.remove(target);
            attachedOnce.remove(target);
            tenant.targets().remove(target);
            for (Connection connection : tenant.connections()) {
                connection.scopes().forEach(scope -> scope.forget(target));
            }
        }
        tell(tenant, method, info, params);
    }

    private void attached(JsonObject params) {
        String session = String.valueOf(Json.text(params, "sessionId"));
        JsonObject info = Json.object(params, "targetInfo");
        String target = String.valueOf(Json.text(info, "targetId"));
        Tenant tenant = contexts.get(Json.text(info, "browserContextId"));
        boolean waits = Json.flag(params, "waitingForDebugger");
        if (searched.contains(target)) {
            return;
        }
        if (tenant != null) {
            attachedOnce.add(target);
        }
        Held one = new Held(session, new HashSet<>());
        List<Runnable> attachments = new ArrayList<>();
        if (tenant != null) {
            tenant.targets().putIfAbsent(target, info);
            targets.put(target, tenant);
            for (Connection connection : tenant.connections()) {
                for (Scope scope : connection.scopes()) {
                    if (scope.attaches(info)) {
                        if (waits && scope.waits() && !connection.isThrough(scope, target)) {
                            one.scopes.add(scope);
                        }
                        attachments.add(() -> connection.attach(scope, target));
                    }
                }
            }
        }
        if (one.scopes.isEmpty()) {
            letGo(one);
        } else {
            held.put(target, one);
        }
        attachments.forEach(Runnable::run);
    }

    private void letGo(Held one) {
        link.tell("Runtime.runIfWaitingForDebugger", new JsonObject(), one.session);
        link.tell("Target.detachFromTarget", Json.of("sessionId", one.session), null);
    }

    /** Whether the target waits until the scope is through with it. */
    boolean isHeldFor(String target, Scope scope) {
        Held one = held.get(target);
        return one != null && one.scopes.contains(scope);
    }

    /** Whether the browser has told us that it attaches to the target, or once has. */
    boolean knows(String target) {
        return attachedOnce.contains(target);
    }

    /** A scope is through with a target. */
    void release(String target, Scope scope) {
        Held one = held.get(target);
        if (one != null && one.scopes.remove(scope) && one.scopes.isEmpty()) {
            held.remove(target);
            letGo(one);
        }
    }

    /** A scope waits for nothing any more. */
    void releaseAll(Scope scope) {
        List.copyOf(held.keySet()).forEach(target -> release(target, scope));
    }

    /** Tells whether a target is the runtime's; asks the browser about one that is not yet known. */
    void ifOwn(Tenant tenant, String target, Consumer<Boolean> then) {
        Tenant owner = targets.get(target);
        if (owner != null) {
            then.accept(owner == tenant);
            return;
        }
        ask("Target.getTargetInfo", Json.of("targetId", target), answer -> {
            JsonObject info = Json.object(Json.object(answer, "result"), "targetInfo");
            then.accept(tenant.contexts().contains(Json.text(info, "browserContextId")));
        });
    }

    /** Tells whether a frame is the runtime's: that of a target, or one within its pages. */
    void ifOwnFrame(Tenant tenant, String frame, Consumer<Boolean> then) {
        Tenant owner = targets.get(frame);
        if (owner != null) {
            then.accept(owner == tenant);
            return;
        }
        Iterator<String> pages = tenant.targets().entrySet().stream()
                .filter(target -> FRAMED.contains(String.valueOf(Json.text(target.getValue(), "type"))))
                .map(Map.Entry::getKey)
                .toList()
                .iterator();
        search(pages, frame, then);
    }

    private void search(Iterator<String> pages, String frame, Consumer<Boolean> then) {
        if (!pages.hasNext()) {
            then.accept(false);
            return;
        }
        String page = pages.next();
        JsonObject params = Json.of("targetId", page);
        params.addProperty("flatten", true);
        searched.add(page);
        ask("Target.attachToTarget", params, attached -> {
            String session = Json.text(Json.object(attached, "result"), "sessionId");
            searched.remove(page);
            if (session == null) {
                search(pages, frame, then);
                return;
            }
            link.send("Page.getFrameTree", new JsonObject(), session, tree -> {
                link.tell("Target.detachFromTarget", Json.of("sessionId", session), null);
                if (hasFrame(Json.object(Json.object(tree, "result"), "frameTree"), frame)) {
                    then.accept(true);
                } else {
                    search(pages, frame, then);
                }
            });
        });
    }

    private static boolean hasFrame(JsonObject tree, String frame) {
        if (frame.equals(Json.text(Json.object(tree, "frame"), "id"))) {
            return true;
        }
        for (JsonElement child : Json.list(tree, "childFrames")) {
            if (child instanceof JsonObject object && hasFrame(object, frame)) {
                return true;
            }
        }
        return false;
    }

    void ask(String method, JsonObject params, Consumer<@Nullable JsonObject> answer) {
        link.send(method, params, null, answer);
    }

    /** Makes a further context of a runtime. */
    void createContext(Tenant tenant, JsonObject params, Consumer<@Nullable JsonObject> answer) {
        ask("Target.createBrowserContext", proxied(params, tenant.proxyServer()), made -> {
            String context = Json.text(Json.object(made, "result"), "browserContextId");
            if (context != null && tenant.isClosed()) {
                link.tell("Target.disposeBrowserContext", Json.of("browserContextId", context), null);
            } else if (context != null) {
                tenant.contexts().add(context);
                contexts.put(context, tenant);
            }
            answer.accept(made);
        });
    }

    /** Disposes of a context when the connection that made it ends. */
    void disposeWith(Connection connection, String context) {
        if (connection.isOver()) {
            dispose(context, answer -> {});
        } else {
            leased.computeIfAbsent(connection, unused -> new ArrayList<>()).add(context);
        }
    }

    void dispose(String context, Consumer<@Nullable JsonObject> answer) {
        ask("Target.disposeBrowserContext", Json.of("browserContextId", context), disposed -> {
            Tenant tenant = contexts.remove(context);
            if (tenant != null) {
                tenant.contexts().remove(context);
                for (Iterator<Map.Entry<String, JsonObject>> left =
                                tenant.targets().entrySet().iterator();
                        left.hasNext(); ) {
                    Map.Entry<String, JsonObject> one = left.next();
                    if (context.equals(Json.text(one.getValue(), "browserContextId"))) {
                        targets.remove(one.getKey());
                        attachedOnce.remove(one.getKey());
                        left.remove();
                    }
                }
            }
            answer.accept(disposed);
        });
    }

    void disconnected(Tenant tenant, Connection connection) {
        tenant.connections().remove(connection);
        List<String> contextsOfIt = leased.remove(connection);
        if (contextsOfIt != null && !tenant.isClosed()) {
            contextsOfIt.stream()
                    .filter(tenant.contexts()::contains)
                    .forEach(context -> dispose(context, answer -> {}));
        }
    }
}
