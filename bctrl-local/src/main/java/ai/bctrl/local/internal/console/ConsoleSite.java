package ai.bctrl.local.internal.console;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.console.ConsoleSessions.Session;
import ai.bctrl.local.internal.http.FileAnswer;
import ai.bctrl.local.internal.http.PageAnswers;
import ai.bctrl.local.internal.http.Site;
import ai.bctrl.local.internal.observe.Activity;
import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.LiveBrowsers;
import ai.bctrl.local.internal.service.LiveLeases;
import ai.bctrl.local.internal.service.RecordingViews;
import ai.bctrl.local.internal.service.Runs;
import ai.bctrl.local.internal.service.Runtimes;
import ai.bctrl.local.internal.service.Spaces;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.RecordingView;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.ViewerComponent;
import ai.bctrl.model.ViewerControl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** The web console at {@code /console}. Thread-safe. */
public final class ConsoleSite implements Site {

    /** What the console shows. Immutable. */
    public record Parts(
            ApiKeys keys,
            Spaces spaces,
            Runtimes runtimes,
            Runs runs,
            Activity activity,
            Events events,
            Artifacts artifacts,
            LiveLeases liveLeases,
            RecordingViews recordings,
            LiveBrowsers browsers,
            CdpClients clients,
            InstantSource clock,
            Executor executor) {}

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final Map<String, String> ASSETS =
            Map.of("console.css", "text/css; charset=utf-8", "console.js", "text/javascript; charset=utf-8");
    private static final int MOST_FORM = 16 << 10;
    private static final int FORM_SECONDS = 10;

    private final Parts parts;
    private final ConsoleSessions sessions;
    private final ConsolePages pages;
    private final RunPage runPage;
    private final Thumbnails thumbnails;

    /** Creates the console of a control plane. */
    public ConsoleSite(Parts parts) {
        this.parts = parts;
        this.sessions = new ConsoleSessions(parts.clock());
        this.pages = new ConsolePages(parts.spaces(), parts.runtimes(), parts.runs());
        this.runPage = new RunPage(parts.runs(), parts.runtimes(), parts.activity(), parts.events(), parts.artifacts());
        this.thumbnails = new Thumbnails(parts.browsers(), parts.clients());
    }

    @Override
    public boolean serves(List<String> segments) {
        return segments.get(0).equals("console")
                || (segments.size() == 1 && segments.get(0).isEmpty());
    }

    @Override
    public void handle(Request request, Response response, Callback callback, List<String> segments, String authority) {
        Answers answers = new Answers(request, response, callback);
        boolean post = request.getMethod().equals("POST");
        if (!post && !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw new ApiProblem(
                    405,
                    "route.method_not_allowed",
                    "The console takes GET and POST.",
                    Map.of("allow", List.of("GET", "HEAD", "POST")));
        }
        if (segments.get(0).isEmpty()) {
            answers.redirect("/console");
            return;
        }
        List<String> path = segments.subList(1, segments.size());
        if (path.size() == 2 && path.get(0).equals("assets") && ASSETS.containsKey(path.get(1))) {
            PageAnswers.asset(response, callback, String.valueOf(ASSETS.get(path.get(1))), file(path.get(1)));
            return;
        }
        Session session = known(sessions.find(cookie(request)));
        Map<String, String> query = ConsoleRequest.parse(request.getHttpURI().getQuery());
        form(request, post)
                .thenAcceptAsync(
                        form -> answer(new ConsoleRequest(post, path, query, form, authority, session), answers),
                        parts.executor())
                .exceptionally(failure -> {
                    answers.problem(session, failure);
                    return null;
                });
    }

    /** A session ends with the key that began it. */
    private @Nullable Session known(@Nullable Session session) {
        ApiKeys.Grant grant = session == null ? null : session.grant();
        if (session != null && grant != null && !parts.keys().isValid(grant)) {
            sessions.close(session);
            return null;
        }
        return session;
    }

    private static CompletableFuture<Map<String, String>> form(Request request, boolean post) {
        if (!post) {
            return CompletableFuture.completedFuture(Map.of());
        }
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, MOST_FORM, Promise.Invocable.toPromise(arrived));
        return arrived.orTimeout(FORM_SECONDS, TimeUnit.SECONDS).handle((bytes, failure) -> {
            if (failure != null) {
                throw unreadable(failure);
            }
            return ConsoleRequest.parse(new String(bytes, StandardCharsets.UTF_8));
        });
    }

    private static ApiProblem unreadable(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new ApiProblem(408, "request.timeout", "The form took too long to arrive.", Map.of());
        } else if (failure instanceof IllegalStateException) {
            // Jetty's word for more bytes than asked for.
            return new ApiProblem(413, "request.too_large", "The form is too large.", Map.of());
        }
        return new ApiProblem(400, "request.malformed", "The form did not arrive completely.", Map.of());
    }

    /** Browsers do not tell cookies of one host apart by their ports. */
    private static String cookieName(Request request) {
        return "bctrl_console_" + Request.getLocalPort(request);
    }

    private static @Nullable String cookie(Request request) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(cookieName(request))) {
                return cookie.getValue();
            }
        }
        return null;
    }

    private void answer(ConsoleRequest request, Answers answers) {
        Session session = request.session();
        if (request.post() && (session == null || !session.isForm(request.form().get("csrf")))) {
            throw new ApiProblem(
                    403, "console.form_expired", "This form is not valid any more; load its page again.", Map.of());
        }
        if (request.is("sign-in")) {
            signIn(request, answers);
        } else if (session == null || session.grant() == null) {
            if (request.post()) {
                throw new ApiProblem(401, "console.signed_out", "Sign in first.", Map.of());
            }
            showSignIn(200, request.location(), null, session, answers);
        } else if (request.post()) {
            change(request, session, answers);
        } else {
            show(request, session, answers);
        }
    }

    private void showSignIn(
            int status, String next, @Nullable String problem, @Nullable Session known, Answers answers) {
        Session session = known == null ? sessions.open(null) : known;
        answers.session(session);
        answers.page(status, pages.signIn(session, next, problem));
    }

    private void signIn(ConsoleRequest request, Answers answers) {
        String next = request.form().getOrDefault("next", "/console");
        if (!next.matches("/console(/[A-Za-z0-9._~/-]*)?")) {
            next = "/console";
        }
        if (!request.post()) {
            showSignIn(200, next, null, request.session(), answers);
            return;
        }
        ApiKeys.Grant grant =
                parts.keys().check(request.form().getOrDefault("key", "").strip());
        if (grant == null) {
            showSignIn(403, next, "This is not a key of this control plane.", request.session(), answers);
            return;
        }
        if (request.session() != null) {
            // A session that somebody else may have put there must not become a signed-in one.
            sessions.close(request.session());
        }
        answers.session(sessions.open(grant));
        answers.redirect(next);
    }

    private void show(ConsoleRequest request, Session session, Answers answers) {
        if (request.is()) {
            answers.page(200, pages.browsers(session));
        } else if (request.is("runs")) {
            answers.page(200, pages.runs(session, request.query()));
        } else if (request.is("spaces")) {
            answers.page(200, pages.spaces(session));
        } else if (request.is("runs", "*")) {
            answers.page(200, runPage.of(session, request.path().get(1), request.query()));
        } else if (request.is("runs", "*", "thumbnail.jpg")) {
            var unused = thumbnails.of(request.path().get(1)).whenComplete((picture, failure) -> {
                if (failure == null) {
                    answers.picture(picture);
                } else {
                    answers.none();
                }
            });
        } else if (request.is("artifacts", "*")) {
            RunArtifact artifact = parts.artifacts().find(request.path().get(1));
            if (artifact == null) {
                throw ApiProblem.notFound("artifact", request.path().get(1));
            }
            answers.file(new FileAnswer(artifact, parts.artifacts().content(artifact)));
        } else {
            throw new ApiProblem(404, "route.not_found", "There is no such page.", Map.of());
        }
    }

    private void change(ConsoleRequest request, Session session, Answers answers) {
        if (request.is("sign-out")) {
            sessions.close(session);
            answers.redirect("/console");
        } else if (request.is("runs", "*", "live")) {
            watch(request, session, answers);
        } else if (request.is("runs", "*", "replay")) {
            replay(request, answers);
        } else if (request.is("spaces", "*", "runtimes", "*", "stop")) {
            requireFull(session);
            var unused = parts.runtimes()
                    .stop(request.path().get(1), request.path().get(3))
                    .whenComplete((stopped, failure) -> {
                        if (failure == null) {
                            answers.redirect("/console");
                        } else {
                            answers.problem(session, failure);
                        }
                    });
        } else {
            throw new ApiProblem(404, "route.not_found", "There is no such page.", Map.of());
        }
    }

    private static void requireFull(Session session) {
        if (!session.mayChange()) {
            throw new ApiProblem(
                    403,
                    "auth.forbidden",
                    "This key may only read; sign in with the key that may do everything.",
                    Map.of());
        }
    }

    /** Watching is reading; steering is not. */
    private void watch(ConsoleRequest request, Session session, Answers answers) {
        boolean input = "input".equals(request.query().get("control"));
        if (input) {
            requireFull(session);
        }
        String url = parts.liveLeases()
                .create(
                        request.path().get(1),
                        CreateLiveViewRequest.builder()
                                .control(input ? ViewerControl.INPUT : ViewerControl.NONE)
                                .components(List.of(ViewerComponent.ACTIVITY))
                                .build(),
                        request.authority())
                .iframeUrl();
        answers.redirect(url);
    }

    private void replay(ConsoleRequest request, Answers answers) {
        String run = parts.runs().get(request.path().get(1)).id();
        RecordingView view = parts.recordings()
                .view(
                        run,
                        CreateRecordingViewRequest.builder()
                                .components(List.of(ViewerComponent.ACTIVITY))
                                .build(),
                        request.authority());
        if (view.status() == RecordingStatus.NOT_AVAILABLE) {
            String reason =
                    view.extra().has("reason") ? view.extra().get("reason").getAsString() : "Nothing was recorded.";
            throw new ApiProblem(409, "run.recording_not_available", reason, Map.of());
        }
        answers.redirect(view.iframeUrl());
    }

    private static byte[] file(String name) {
        try (InputStream in = ConsoleSite.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The one answer to a request. */
    private static final class Answers {
        private final Request request;
        private final Response response;
        private final Callback callback;

        Answers(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        void session(Session session) {
            Response.putCookie(
                    response,
                    HttpCookie.build(cookieName(request), session.id())
                            .path("/console")
                            .httpOnly(true)
                            .sameSite(HttpCookie.SameSite.STRICT)
                            .maxAge(session.grant() == null ? -1 : ConsoleSessions.SIGNED_IN.toSeconds())
                            .build());
        }

        void page(int status, String html) {
            response.getHeaders().put("X-Frame-Options", "DENY");
            // With none at all, browsers would not say where a form comes from, and its Origin would be refused.
            response.getHeaders().put("Referrer-Policy", "same-origin");
            PageAnswers.html(response, callback, status, POLICY, html);
        }

        void redirect(String location) {
            response.setStatus(303);
            response.getHeaders().put(HttpHeader.LOCATION, location);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put("Referrer-Policy", "no-referrer");
            response.write(true, null, callback);
        }

        void picture(byte[] jpeg) {
            PageAnswers.asset(response, callback, "image/jpeg", jpeg);
        }

        void none() {
            response.setStatus(404);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, null, callback);
        }

        void file(FileAnswer answer) {
            answer.send(request, response, callback);
        }

        void problem(@Nullable Session session, Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof ApiProblem problem) {
                String title = problem.status() == 404
                        ? "Not found"
                        : problem.status() == 403 ? "Not allowed" : "That did not work";
                page(problem.status(), ConsoleFrame.problem(session, title, String.valueOf(problem.getMessage())));
            } else {
                System.getLogger(ConsoleSite.class.getName())
                        .log(System.Logger.Level.ERROR, "a page of the console failed", cause);
                page(
                        500,
                        ConsoleFrame.problem(
                                session, "A fault", "The control plane failed to answer; its log says why."));
            }
        }
    }
}
