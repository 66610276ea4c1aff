package ai.bctrl.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.TestAbortedException;

/** What becomes of tests that fail of their browser and not of themselves. */
@Timeout(120)
class InfrastructureBrowserIT {
    private static final String SETTING = "bctrl.onInfrastructureFailure";
    private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());
    private static final List<Page> PAGES = Collections.synchronizedList(new ArrayList<>());
    private static final List<LocalBctrl> SERVICES = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    @Nullable
    Path directory;

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
        PAGES.clear();
        SERVICES.clear();
    }

    private LauncherRun run() {
        return new LauncherRun(requireNonNull(directory).resolve("evidence"));
    }

    private Path runDirectory() throws IOException {
        try (Stream<Path> runs = Files.list(requireNonNull(directory).resolve("evidence"))) {
            return runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private List<KeptBundle> bundles() throws IOException {
        return KeptBundle.below(requireNonNull(directory).resolve("evidence"));
    }

    @Test
    void aDeadBrowserFailsTheTestUnlessToldOtherwise() throws IOException {
        LauncherRun.Ended ended = run().of(AlwaysDeadCases.class);
        assertThat(ended.count(Status.FAILED)).isOne();
        assertThat(ended.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageStartingWith("[browser crash] "));
        assertThat(bundles()).hasSize(1);
    }

    @Test
    void aDeadBrowserAbortsTheTest() throws IOException {
        LauncherRun.Ended ended = run().with(SETTING, "abort").of(AlwaysDeadCases.class);
        assertThat(ended.count(Status.ABORTED)).isOne();
        assertThat(ended.count(Status.FAILED)).isZero();
        assertThat(ended.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(TestAbortedException.class)
                        .hasMessageStartingWith("Not the test's fault: [browser crash] "));
        assertThat(bundles()).singleElement().satisfies(bundle -> {
            bundle.check();
            assertThat(bundle.failure("origin")).isEqualTo("browser-crash");
        });
        assertThat(ResultLines.of(runDirectory()).with("aborted"))
                .singleElement()
                .satisfies(line -> assertThat(line.get("bundle").getAsString()).endsWith("/attempt-1"));
    }

    @Test
    void anAssertionIsNoReasonToAbort() {
        LauncherRun.Ended ended = run().with(SETTING, "abort").of(AssertionCases.class);
        assertThat(ended.count(Status.FAILED)).isOne();
    }

    @Test
    void aTestWhoseBrowserDiesIsRepeatedOnAFreshOne() throws IOException {
        LauncherRun.Ended ended = run().with(SETTING, "retry-once").of(OnceDeadCases.class);
        ended.requireSuccess(1);
        assertThat(CALLS).containsExactly("before", "body", "after", "before", "body", "after");
        assertThat(PAGES).hasSize(2).doesNotHaveDuplicates();
        ResultLines lines = ResultLines.of(runDirectory());
        assertThat(lines.keys()).hasSize(2).doesNotHaveDuplicates();
        JsonObject failed = lines.with("failed").get(0);
        assertThat(failed.get("bundle").getAsString()).endsWith("/attempt-1");
        assertThat(failed.get("attempt").getAsInt()).isOne();
        assertThat(failed.get("origin").getAsString()).isEqualTo("browser-crash");
        JsonObject passed = lines.with("passed").get(0);
        assertThat(passed.get("attempt").getAsInt()).isEqualTo(2);
        assertThat(passed.get("bundle").getAsString()).endsWith("/attempt-2");
        assertThat(runDirectory().resolve(passed.get("bundle").getAsString()).resolve("passed.json"))
                .exists();
        assertThat(bundles()).singleElement().satisfies(KeptBundle::check);
        assertThat(ended.published()).contains("failure.json", "passed.json");
    }

    @Test
    void aTestThatFailsAgainFailsWithWhatHappenedThen() throws IOException {
        LauncherRun.Ended ended = run().with(SETTING, "retry-once").of(DeadThenWrongCases.class);
        assertThat(ended.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageStartingWith("[application assertion] wrong at the second call\n"));
        assertThat(bundles())
                .extracting(bundle -> bundle.failure("origin"))
                .containsExactlyInAnyOrder("browser-crash", "application-assertion");
        assertThat(ResultLines.of(runDirectory()).with("failed")).hasSize(2);
    }

    @Test
    void aTestIsRepeatedOnlyOnce() throws IOException {
        LauncherRun.Ended ended = run().with(SETTING, "retry-once").of(AlwaysDeadCases.class);
        assertThat(ended.count(Status.FAILED)).isOne();
        assertThat(CALLS).containsExactly("body", "body");
        assertThat(bundles()).hasSize(2);
        assertThat(ResultLines.of(runDirectory()).keys()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anAssertionIsNoReasonToRepeat() throws IOException {
        LauncherRun.Ended ended = run().with(SETTING, "retry-once").of(AssertionCases.class);
        assertThat(ended.count(Status.FAILED)).isOne();
        assertThat(CALLS).containsExactly("body");
        assertThat(bundles()).hasSize(1);
    }

    @Test
    void aServiceThatRefusesTheFirstBrowserIsAskedOnceMore() throws IOException {
        try (LocalBctrl service =
                        LocalBctrl.start(LocalOptions.builder().noSandbox(true).build());
                Refusing refusing = new Refusing(service.baseUrl(), 1)) {
            run().with(SETTING, "retry-once")
                    .with("bctrl.baseUrl", refusing.baseUrl())
                    .with("bctrl.apiKey", service.apiKey())
                    .of(PassingCases.class)
                    .requireSuccess(1);
            assertThat(refusing.refused.get()).isZero();
        }
        assertThat(bundles()).isEmpty();
    }

    @Test
    void aServiceThatRefusesAgainFailsTheTest() throws IOException {
        try (LocalBctrl service =
                        LocalBctrl.start(LocalOptions.builder().noSandbox(true).build());
                Refusing refusing = new Refusing(service.baseUrl(), 2)) {
            LauncherRun.Ended ended = run().with(SETTING, "retry-once")
                    .with("bctrl.baseUrl", refusing.baseUrl())
                    .with("bctrl.apiKey", service.apiKey())
                    .of(PassingCases.class);
            assertThat(ended.count(Status.FAILED)).isOne();
        }
        assertThat(bundles()).singleElement().satisfies(bundle -> {
            bundle.check();
            assertThat(bundle.failure("origin")).isEqualTo("quota-or-capacity");
        });
    }

    @Test
    void aBrowserThatCannotBeGivenBackIsToldAsTheControlPlanesFault() throws IOException {
        try (LocalBctrl service =
                LocalBctrl.start(LocalOptions.builder().noSandbox(true).build())) {
            SERVICES.add(service);
            LauncherRun.Ended ended = run().with("bctrl.baseUrl", service.baseUrl())
                    .with("bctrl.apiKey", service.apiKey())
                    .of(ServiceEndsCases.class);
            assertThat(ended.count(Status.FAILED)).isOne();
        }
        ResultLines lines = ResultLines.of(runDirectory());
        assertThat(lines.with("passed")).isEmpty();
        assertThat(lines.with("failed"))
                .singleElement()
                .satisfies(line -> assertThat(line.get("origin").getAsString()).isEqualTo("control-plane"));
    }

    /** Stands before a service and has no browser left the first times. */
    private static final class Refusing implements AutoCloseable {
        private static final String REFUSAL =
                "{\"error\":{\"code\":\"quota.exceeded\",\"message\":\"no browser left\",\"type\":\"quota\"}}";

        private final String target;
        private final AtomicInteger refused;
        private final HttpServer server;
        private final ExecutorService threads = Executors.newFixedThreadPool(4);
        private final HttpClient client = HttpClient.newHttpClient();

        Refusing(String target, int times) throws IOException {
            this.target = target.replaceFirst("/v1/?$", "");
            this.refused = new AtomicInteger(times);
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    String method = exchange.getRequestMethod();
                    String path = exchange.getRequestURI().toString();
                    if (method.equals("POST")
                            && path.matches(".*/runtimes(\\?.*)?")
                            && refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        byte[] refusal = REFUSAL.getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().set("Content-Type", "application/json");
                        exchange.sendResponseHeaders(402, refusal.length);
                        exchange.getResponseBody().write(refusal);
                        return;
                    }
                    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.target + path))
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
                    for (String name : List.of("Authorization", "Content-Type", "Idempotency-Key")) {
                        String value = exchange.getRequestHeaders().getFirst(name);
                        if (value != null) {
                            request.header(name, value);
                        }
                    }
                    HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Type",
                                    answer.headers().firstValue("Content-Type").orElse("text/plain"));
                    exchange.sendResponseHeaders(
                            answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
        }

        String baseUrl() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @BctrlBrowser
    static class PassingCases {
        @Test
        void passes(Page page) {
            page.setContent("<h1>Fine</h1>");
        }
    }

    @BctrlBrowser
    static class ServiceEndsCases {
        @Test
        void passesBeforeTheServiceEnds(Page page) {
            page.setContent("<h1>Fine</h1>");
            SERVICES.get(0).close();
        }
    }

    @BctrlBrowser
    static class AssertionCases {
        @Test
        void fails(Page page) {
            CALLS.add("body");
            page.setContent("<h1>Wrong</h1>");
            fail("the application is wrong");
        }
    }

    @BctrlBrowser
    static class AlwaysDeadCases {
        @Test
        void dies(Browser browser, Page page) {
            CALLS.add("body");
            page.setContent("<h1>Dies</h1>");
            EndsOfBrowsers.kill(browser);
            page.locator("#never").waitFor();
        }
    }

    @BctrlBrowser
    static class OnceDeadCases {
        @BeforeEach
        void before(Page page) {
            CALLS.add("before");
            page.setContent("<h1>Prepared</h1>");
        }

        @Test
        void diesOnce(Browser browser, Page page) {
            CALLS.add("body");
            PAGES.add(page);
            if (PAGES.size() == 1) {
                EndsOfBrowsers.kill(browser);
            }
            assertThat(page.locator("h1").textContent()).isEqualTo("Prepared");
        }

        @AfterEach
        void after(Page page) {
            CALLS.add("after");
            assertThat(page.title()).isEmpty();
        }
    }

    @BctrlBrowser
    static class DeadThenWrongCases {
        @Test
        void fails(Browser browser, Page page) {
            CALLS.add("body");
            page.setContent("<h1>Dies</h1>");
            if (CALLS.size() > 1) {
                fail("wrong at the second call");
            }
            EndsOfBrowsers.kill(browser);
            page.locator("#never").waitFor();
        }
    }
}
