package ai.bctrl.local.internal.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client that are not simply about a page: those that would show or touch what is not its runtime's are
 * limited to what is, or refused. Belongs to the loop's thread.
 */
final class Commands {

    static final String MALFORMED =
            "This is no command: it must be one JSON object with an integer id below 2000000000 and a method, each field once.";

    private static final String NO_TARGET = "No target with given id found";
    private static final String CONTEXT = "browserContextId";
    private static final Set<String> NOT_ATTACHED_BY_ITSELF = Set.of("iframe", "worker", "browser");

    private final Hub hub;
    private final Tenant tenant;
    private final Connection connection;

    Commands(Hub hub, Tenant tenant, Connection connection) {
        this.hub = hub;
        this.tenant = tenant;
        this.connection = connection;
    }

    /** Runs, passes on or refuses a command. */
    void take(long id, String method, JsonObject params, @Nullable String session) {
        Call call = new Call(id, method, params, session);
        switch (Policy.of(method)) {
            case PAGE ->
                call.refuse(method + " needs the session of a page: without one it would act on the whole"
                        + " Chromium, which other runtimes share (isolation=context).");
            case REFUSE -> call.refuseAsWide();
            case LOOK -> {
                switch (method.substring(0, method.indexOf('.'))) {
                    case "Target" -> target(call);
                    case "Browser" -> browser(call);
                    default -> storage(call);
                }
            }
        }
    }

    private void target(Call call) {
        switch (call.method) {
            case "Target.setAutoAttach" -> setAutoAttach(call);
            case "Target.setDiscoverTargets" -> setDiscoverTargets(call);
            case "Target.getTargets" -> getTargets(call);
            case "Target.createTarget" -> {
                if (call.ownContext()) {
                    createTarget(call);
                }
            }
            case "Target.createBrowserContext" -> createBrowserContext(call);
            case "Target.disposeBrowserContext" -> disposeBrowserContext(call);
            case "Target.getBrowserContexts" -> {
                JsonObject result = new JsonObject();
                List<String> others = new ArrayList<>(tenant.contexts());
                others.remove(tenant.context());
                result.add("browserContextIds", Json.array(others));
                result.addProperty("defaultBrowserContextId", tenant.context());
                call.answer(result);
            }
            case "Target.attachToTarget" -> call.withOwnTarget(target -> attachToTarget(call, target));
            case "Target.closeTarget", "Target.activateTarget", "Target.autoAttachRelated" ->
                call.withOwnTarget(target -> call.pass());
            case "Target.getTargetInfo" -> {
                if (call.params.has("targetId")) {
                    call.withOwnTarget(target -> call.pass());
                } else {
                    call.pass();
                }
            }
            case "Target.detachFromTarget" -> {
                if (call.params.has("targetId")) {
                    call.refuse("Target.detachFromTarget needs a sessionId, not a targetId (isolation=context).");
                } else {
                    call.pass();
                }
            }
            case "Target.attachToBrowserTarget" -> call.pass();
            default -> call.refuseAsWide();
        }
    }

    private void setAutoAttach(Call call) {
        boolean on = Json.flag(call.params, "autoAttach");
        if (on && !Json.flag(call.params, "flatten")) {
            call.refuseNesting();
            return;
        }
        Scope scope = connection.scope(call.session);
        if (scope == null) {
            call.pass();
            return;
        }
        if (!on) {
            scope.autoAttach(null, false);
            connection.detachAll(scope);
            hub.releaseAll(scope);
            call.answer(new JsonObject());
            return;
        }
        scope.autoAttach(TargetFilter.of(call.params), Json.flag(call.params, "waitForDebuggerOnStart"));
        Set<String> existing = new HashSet<>();
        tenant.targets().forEach((target, info) -> {
            if (scope.attaches(info) && !NOT_ATTACHED_BY_ITSELF.contains(String.valueOf(Json.text(info, "type")))) {
                existing.add(target);
            }
        });
        existing.forEach(target -> connection.attach(scope, target));
        scope.promise(existing, () -> call.answer(new JsonObject()));
    }

    private void setDiscoverTargets(Call call) {
        Scope scope = connection.scope(call.session);
        if (scope == null) {
            call.refuse("Target.setDiscoverTargets is for the browser, not for a page's session (isolation=context).");
            return;
        }
        boolean on = Json.flag(call.params, "discover");
        scope.discover(on ? TargetFilter.of(call.params) : null);
        if (on) {
            tenant.targets().values().stream().filter(scope::discovers).forEach(info -> {
                JsonObject params = new JsonObject();
                params.add("targetInfo", info);
                connection.toClient(Json.event("Target.targetCreated", params, call.session));
            });
        }
        call.answer(new JsonObject());
    }

    private void getTargets(Call call) {
        hub.ask(call.method, call.params, answer -> {
            JsonArray own = new JsonArray();
            for (JsonElement info : Json.list(Json.object(answer, "result"), "targetInfos")) {
                if (info instanceof JsonObject object && tenant.contexts().contains(Json.text(object, CONTEXT))) {
                    own.add(object);
                }
            }
            JsonObject result = new JsonObject();
            result.add("targetInfos", own);
            call.answer(result);
        });
    }

    private void createTarget(Call call) {
        hub.ask(call.method, call.params, answer -> {
            String target = Json.text(Json.object(answer, "result"), "targetId");
            Scope scope = connection.scope(call.session);
            if (target == null || scope == null) {
                call.reply(answer);
            } else {
                // Clients rely on being attached before they learn that there is a target.
                scope.promise(Set.of(target), () -> call.reply(answer));
            }
        });
    }

    private void createBrowserContext(Call call) {
        boolean dispose = Json.flag(call.params, "disposeOnDetach");
        call.params.remove("disposeOnDetach");
        hub.createContext(tenant, call.params, answer -> {
            String context = Json.text(Json.object(answer, "result"), CONTEXT);
            if (context != null && dispose) {
                hub.disposeWith(connection, context);
            }
            call.reply(answer);
        });
    }

    private void disposeBrowserContext(Call call) {
        String context = Json.text(call.params, CONTEXT);
        if (context == null || !tenant.contexts().contains(context) || context.equals(tenant.context())) {
            call.refuse("Failed to find context with id " + context);
        } else {
            hub.dispose(context, answer -> connection.afterAllEvents(() -> call.reply(answer)));
        }
    }

    private void attachToTarget(Call call, String target) {
        if (!Json.flag(call.params, "flatten")) {
            call.refuseNesting();
            return;
        }
        if (connection.scope(call.session) != null) {
            connection.attachesItself(target);
            connection.expect(call.id, answer -> {
                if (answer.has("error")) {
                    connection.notAttached(target);
                }
                call.reply(answer);
            });
        }
        call.pass();
    }

    private void browser(Call call) {
        switch (call.method) {
            case "Browser.getVersion" -> call.pass();
            case "Browser.close" -> {
                call.answer(new JsonObject());
                tenant.end();
            }
            case "Browser.setDownloadBehavior",
                    "Browser.grantPermissions",
                    "Browser.resetPermissions",
                    "Browser.setPermission",
                    "Browser.cancelDownload" -> {
                if (call.ownContext()) {
                    call.pass();
                }
            }
            case "Browser.getWindowForTarget" -> {
                if (call.params.has("targetId")) {
                    call.withOwnTarget(target -> getWindow(call));
                } else {
                    getWindow(call);
                }
            }
            case "Browser.getWindowBounds", "Browser.setWindowBounds", "Browser.setContentsSize" -> {
                if (tenant.windows().contains(Json.number(call.params, "windowId"))) {
                    call.pass();
                } else {
                    call.refuse("Browser window not found");
                }
            }
            default -> call.refuseAsWide();
        }
    }

    private void getWindow(Call call) {
        connection.expect(call.id, answer -> {
            Integer window = Json.number(Json.object(answer, "result"), "windowId");
            if (window != null) {
                tenant.windows().add(window);
            }
            call.reply(answer);
        });
        call.pass();
    }

    private void storage(Call call) {
        if (connection.scope(call.session) == null) {
            if (!call.params.has(CONTEXT) || call.ownContext()) {
                call.pass();
            }
            return;
        }
        switch (call.method) {
            case "Storage.getCookies", "Storage.setCookies", "Storage.clearCookies" -> {
                if (call.ownContext()) {
                    call.pass();
                }
            }
            default -> call.refuseAsWide();
        }
    }

    /** One command and the ways to end it. */
    private final class Call {
        private final long id;
        private final String method;
        private final JsonObject params;
        private final @Nullable String session;

        Call(long id, String method, JsonObject params, @Nullable String session) {
            this.id = id;
            this.method = method;
            this.params = params;
            this.session = session;
        }

        void pass() {
            connection.toBrowser(Json.command(id, method, params, session));
        }

        void answer(JsonObject result) {
            connection.toClient(Json.answer(id, Json.result(result), session));
        }

        void reply(@Nullable JsonObject answer) {
            connection.toClient(Json.answer(id, answer == null ? Json.error("The browser is gone.") : answer, session));
        }

        void refuse(String why) {
            connection.toClient(Json.answer(id, Json.error(why), session));
        }

        void refuseAsWide() {
            refuse(method + " is not available: it concerns the whole Chromium, which other runtimes share"
                    + " (isolation=context). Use a runtime with isolation=process.");
        }

        void refuseNesting() {
            refuse(method + " needs \"flatten\": true (isolation=context).");
        }

        /** Names the runtime's default context where none is named; refuses one that is not the runtime's. */
        boolean ownContext() {
            if (!params.has(CONTEXT)) {
                params.addProperty(CONTEXT, tenant.context());
                return true;
            }
            String context = Json.text(params, CONTEXT);
            if (tenant.contexts().contains(context)) {
                return true;
            }
            refuse("Failed to find browser context with id " + context);
            return false;
        }

        void withOwnTarget(Consumer<String> then) {
            String target = Json.text(params, "targetId");
            if (target == null) {
                refuse(NO_TARGET);
            } else {
                hub.ifOwn(tenant, target, own -> {
                    if (own) {
                        then.accept(target);
                    } else {
                        refuse(NO_TARGET);
                    }
                });
            }
        }
    }
}
