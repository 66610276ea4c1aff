package ai.bctrl.local.internal.http;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.relay.RelayHandler;
import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Health;
import ai.bctrl.local.internal.service.StorageProblems;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes each request: guards, key, route, body, answer. Thread-safe. */
final class ApiHandler extends Handler.Abstract {

    private static final System.Logger LOGGER = System.getLogger(ApiHandler.class.getName());
    private static final List<String> HEALTH = List.of("health");
    private static final String ROUTE = ApiHandler.class.getName() + ".route";
    private static final List<String> CDP = List.of("v1", "cdp");
    private static final String RUN = "/v1/runs/{id}";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Services services;
    private final Router router;
    private final HostGuard guard;
    private final RequestBody bodies;
    private final ErrorWriter errors;
    private final RelayHandler relay;
    private final List<Site> sites;
    private final ConnectionGuard connections;
    private final Executor executor;

    ApiHandler(
            Services services,
            Router router,
            HostGuard guard,
            RequestBody bodies,
            ErrorWriter errors,
            RelayHandler relay,
            List<Site> sites,
            ConnectionGuard connections,
            Executor executor) {
        this.services = services;
        this.router = router;
        this.guard = guard;
        this.bodies = bodies;
        this.errors = errors;
        this.relay = relay;
        this.sites = List.copyOf(sites);
        this.connections = connections;
        this.executor = executor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        errors.requestId(request, response);
        measure(request, response);
        watch(request);
        try {
            String authority = guard.check(
                    request.getHeaders().get(HttpHeader.HOST),
                    request.getHeaders().get(HttpHeader.ORIGIN),
                    Request.getLocalPort(request));
            String path = request.getHttpURI().getPath();
            List<String> segments = Router.segments(path == null ? "" : path);
            if (segments.size() == 3 && segments.subList(0, 2).equals(CDP)) {
                Router.requireMethod(request.getMethod(), "GET");
                return relay.handle(request, response, callback, segments.get(2));
            }
            for (Site site : sites) {
                if (site.serves(segments)) {
                    site.handle(request, response, callback, segments, authority);
                    return true;
                }
            }
            dispatch(request, response, callback, segments, authority);
        } catch (RuntimeException failure) {
            fail(request, response, callback, failure);
        }
        return true;
    }

    /** Pages and refused requests are one operation: their paths may be anything. */
    private void measure(Request request, Response response) {
        long start = System.nanoTime();
        Request.addCompletionListener(request, broken -> {
            Object route = request.getAttribute(ROUTE);
            services.meters()
                    .answered(
                            route instanceof String known ? known : "other",
                            response.getStatus(),
                            Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private void watch(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.began(connection);
        Request.addCompletionListener(request, broken -> connections.ended(connection));
    }

    private void dispatch(
            Request request, Response response, Callback callback, List<String> segments, String authority) {
        String method = request.getMethod();
        if (segments.equals(HEALTH) && (method.equals("GET") || method.equals("HEAD"))) {
            Health.Report health = services.health().report();
            response.setStatus(health.ready() ? 200 : 503);
            ErrorWriter.writeJson(response, callback, Json.write(health));
            return;
        }
        ApiKeys.Grant grant = authenticate(request);
        connections.trust(request.getConnectionMetaData().getConnection());
        Router.Match match = router.find(method, segments);
        request.setAttribute(ROUTE, match.route().id());
        if (grant.readOnly() && match.route().kind() != Route.Kind.READ) {
            throw new ApiProblem(
                    403, "auth.forbidden", "This key may only read; use the key that may do everything.", Map.of());
        }
        noteUse(match);
        Query query = Query.parse(request.getHttpURI().getQuery());
        Caller caller = Caller.of(request);
        CompletionStage<DirectAnswer> answer;
        if (match.route().body() == Route.Body.STREAM) {
            Call call = new Call(match.path(), query, "", grant, authority, caller, new Upload(request));
            answer = onFileThread(match, call);
        } else {
            // A client that waits for an event is silent; that is no reason to hang up.
            request.addIdleTimeoutListener(timeout -> false);
            CompletionStage<String> body =
                    WITH_BODY.contains(method) ? bodies.read(request) : CompletableFuture.completedFuture("");
            answer = body.thenComposeAsync(
                    text -> answer(request, match, new Call(match.path(), query, text, grant, authority, caller, null)),
                    executor);
        }
        answer.whenComplete((ready, failure) -> {
            if (failure == null) {
                send(request, response, callback, ready);
            } else {
                fail(request, response, callback, failure);
            }
        });
    }

    /** A runtime that the API is called for is not idle. */
    private void noteUse(Router.Match match) {
        String runtime = match.path().get("runtimeId");
        if (runtime != null) {
            services.lifetimes().used(runtime);
        } else if (match.route().template().startsWith(RUN)) {
            services.lifetimes().usedRun(match.path().getOrDefault("id", ""));
        }
    }

    private CompletionStage<DirectAnswer> onFileThread(Router.Match match, Call call) {
        try {
            return CompletableFuture.completedFuture(call)
                    .thenComposeAsync(ready -> handled(match, ready), services.fileWork());
        } catch (RejectedExecutionException full) {
            throw new ApiProblem(
                    503, "server.busy", "Too many files are being sent at once; try again later.", Map.of());
        }
    }

    private static CompletionStage<DirectAnswer> handled(Router.Match match, Call call) {
        return match.route().handler().apply(call).thenApply(ApiHandler::direct);
    }

    private void send(Request request, Response response, Callback callback, DirectAnswer answer) {
        try {
            answer.send(request, response, callback);
        } catch (RuntimeException failure) {
            fail(request, response, callback, failure);
        }
    }

    private static DirectAnswer direct(Object body) {
        return body instanceof DirectAnswer direct ? direct : json(Json.write(body));
    }

    private static DirectAnswer json(String text) {
        return (request, response, callback) -> ErrorWriter.writeJson(response, callback, text);
    }

    private CompletionStage<DirectAnswer> answer(Request request, Router.Match match, Call call) {
        String key = call.caller().idempotencyKey();
        if (key == null || match.route().kind() != Route.Kind.CREATE) {
            return handled(match, call);
        }
        String path = request.getHttpURI().getPath();
        return services.idempotency()
                .once(
                        call.grant().keyId() + " " + key,
                        fingerprint(request.getMethod() + " " + path + "\n" + call.body()),
                        () -> match.route().handler().apply(call).thenApply(Json::write))
                .thenApply(ApiHandler::json);
    }

    private static String fingerprint(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no SHA-256", impossible);
        }
    }

    private ApiKeys.Grant authenticate(Request request) {
        List<String> headers = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        if (headers.isEmpty()) {
            throw new ApiProblem(401, "auth.required", "Send the API key as 'Authorization: Bearer <key>'.", Map.of());
        }
        String header = headers.get(0);
        boolean bearer = headers.size() == 1 && header.regionMatches(true, 0, "Bearer ", 0, 7);
        ApiKeys.Grant grant = bearer ? services.keys().check(header.substring(7).strip()) : null;
        if (grant == null) {
            throw new ApiProblem(401, "auth.invalid", "The API key is not one of this control plane.", Map.of());
        }
        return grant;
    }

    private void fail(Request request, Response response, Callback callback, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ApiProblem known = cause instanceof ApiProblem told ? told : StorageProblems.of(cause);
        if (cause instanceof HttpException refused && refused.getCode() < 500) {
            // Jetty's word for what it cannot read, such as an extension of WebSocket.
            known = ErrorWriter.problem(refused.getCode());
        }
        if (known == null) {
            String id = errors.requestId(request, response);
            LOGGER.log(System.Logger.Level.ERROR, "request " + id + " failed", cause);
        }
        ApiProblem problem = known == null ? ErrorWriter.fault() : known;
        bodies.drop(request).whenComplete((reusable, unused) -> {
            if (!Boolean.TRUE.equals(reusable)) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            errors.write(request, response, callback, problem);
        });
    }
}
