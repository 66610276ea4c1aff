package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.playwright.BrowserSession;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.FileEntry;

@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class EvidenceBrowserIT {
    private final ControlPlane controlPlane = new ControlPlane();

    @TempDir
    @Nullable
    Path directory;

    @AfterEach
    void leavesNoBrowser() {
        assertThat(controlPlane.activeRuntimes()).isEmpty();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void keepsEverythingOfAFailedTest() throws Exception {
        JupiterRun run = run();
        JupiterRun.Result result = run.of(FailingTestCases.class);
        Path attempt = onlyAttempt(run);

        assertThat(attempt).endsWith(Path.of("fails", "attempt-1"));
        assertThat(run.evidence().relativize(attempt).getName(1))
                .hasToString("ai.bctrl.junit.EvidenceBrowserIT.FailingTestCases");
        assertThat(JupiterRun.files(attempt))
                .containsExactly(
                        "actions.json",
                        "commands.json",
                        "console.json",
                        "events.json",
                        "failure.json",
                        "failure.md",
                        "failure.txt",
                        "index.html",
                        "network.har",
                        "page-1.aria.yaml",
                        "page-1.full.png",
                        "page-1.html",
                        "page-1.mhtml",
                        "page-1.png",
                        "page-2.aria.yaml",
                        "page-2.full.png",
                        "page-2.html",
                        "page-2.mhtml",
                        "page-2.png",
                        "recording.webm",
                        "trace.zip");
        assertThat(Files.readString(attempt.resolve("failure.txt")))
                .contains("the basket is empty", "EvidenceBrowserIT");
        assertThat(Files.readAllBytes(attempt.resolve("page-1.png"))).startsWith(0x89, 'P', 'N', 'G');

        JsonObject manifest = json(attempt.resolve("failure.json"));
        String runId = manifest.get("runId").getAsString();
        assertThat(manifest.get("schemaVersion").getAsInt()).isOne();
        assertThat(result.entries("bctrl.runId")).contains(runId);
        assertThat(manifest.getAsJsonArray("phases").toString())
                .contains("create", "connect", "page", "body", "collect");
        assertThat(manifest.getAsJsonArray("files").toString())
                .contains("page-2.png", "image/png", "data:text/html,popup");
        assertThat(Files.readString(attempt.resolve("events.json"))).contains(runId, "runtime.started");

        try (ZipFile trace = new ZipFile(attempt.resolve("trace.zip").toFile())) {
            assertThat(trace.stream().map(entry -> entry.getName())).anyMatch(name -> name.endsWith(".trace"));
        }
        assertThat(Files.readString(attempt.resolve("index.html")))
                .contains("the basket is empty", runId, "data:image/jpeg;base64,");
    }

    @BctrlBrowser
    static class FailingTestCases {
        @Test
        void fails(Page page) {
            page.navigate("data:text/html,<h1>Basket</h1><script>alert(1)</script>");
            page.context().newPage().navigate("data:text/html,popup");
            fail("the basket is empty <script>alert(2)</script>");
        }

        @Test
        void passes(Page page) {
            page.navigate("data:text/html,<h1>Basket</h1>");
        }

        @Test
        void isAborted(Page page) {
            Assumptions.assumeTrue(page.title().equals("never"));
        }
    }

    @Test
    void namesTheDirectoryInTheFailure() throws Exception {
        JupiterRun run = run();
        JupiterRun.Result result = run.of(FailingTestCases.class);
        Throwable failure = result.failures().get(0);
        Path attempt = onlyAttempt(run);
        assertThat(failure).isExactlyInstanceOf(AssertionError.class);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(requireNonNull(failure.getMessage()).lines())
                .containsExactly(
                        "[application assertion] the basket is empty <script>alert(2)</script>",
                        "  page: data:text/html,<h1>Basket</h1><script>alert(1)</script>",
                        "  last action: navigate to data:text/html,popup",
                        "  evidence: " + attempt.resolve("index.html").toUri());
        assertThat(json(attempt.resolve("failure.json")).get("runId").getAsString())
                .isNotEmpty();
    }

    @Test
    void publishesEachFile() throws Exception {
        JupiterRun run = run();
        List<FileEntry> published = run.of(FailingTestCases.class).published();
        assertThat(published.stream().map(entry -> entry.getPath().getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(JupiterRun.files(onlyAttempt(run)));
        assertThat(published).allSatisfy(entry -> assertThat(entry.getPath()).isNotEmptyFile());
    }

    @Test
    void writesNoSecretAnywhere() throws Exception {
        JupiterRun run = run();
        JupiterRun.Result result = run.of(LeakyTestCases.class);
        assertThat(result.failures()).hasSize(1);
        Path attempt = onlyAttempt(run);
        for (String name : JupiterRun.files(attempt)) {
            String content = Files.readString(attempt.resolve(name), StandardCharsets.ISO_8859_1);
            assertThat(content).as(name).doesNotContain(controlPlane.apiKey()).doesNotContain(LeakyTestCases.secret());
        }
    }

    @BctrlBrowser
    static class LeakyTestCases {
        private static volatile String cdpUrl = "";

        static String secret() {
            return URI.create(cdpUrl).getRawQuery();
        }

        @Test
        void quotesTheAddress(BrowserSession session) {
            cdpUrl = session.lease().cdpUrl();
            session.page().setContent("<p>" + session.page().url() + "</p>");
            fail("could not use " + cdpUrl);
        }
    }

    @Test
    void keepsEvidenceWhereverATestFails() throws Exception {
        JupiterRun run = run();
        List<Throwable> failures = run.of(
                        ConstructorTestCases.class,
                        BeforeEachTestCases.class,
                        AfterEachTestCases.class,
                        BeforeAllTestCases.class,
                        NamesTestCases.class)
                .failures();
        assertThat(failures)
                .hasSize(9)
                .allSatisfy(failure -> assertThat(failure.getMessage()).contains("\n  evidence: file:///"));
        assertThat(attempts(run)
                        .map(path ->
                                run.evidence().relativize(path).subpath(1, 3).toString()))
                .map(name -> name.replaceFirst("^.*EvidenceBrowserIT\\.", ""))
                .containsExactlyInAnyOrder(
                        "ConstructorTestCases/test",
                        "BeforeEachTestCases/test",
                        "AfterEachTestCases/test",
                        "BeforeAllTestCases/(class)",
                        "NamesTestCases/overloaded(Page)",
                        "NamesTestCases/overloaded(Browser,Page)",
                        "NamesTestCases/parameterized[1]",
                        "NamesTestCases/parameterized[2]",
                        "NamesTestCases/parameterized[3]");
    }

    @BctrlBrowser
    static class ConstructorTestCases {
        ConstructorTestCases(Page page) {
            throw new IllegalStateException("constructor " + page.url());
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class BeforeEachTestCases {
        @BeforeEach
        void before(Page page) {
            throw new IllegalStateException("before each " + page.url());
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class AfterEachTestCases {
        @Test
        void test() {}

        @AfterEach
        void after(Page page) {
            throw new IllegalStateException("after each " + page.url());
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class BeforeAllTestCases {
        @BeforeAll
        static void all(Page page) {
            fail("before all " + page.url());
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class NamesTestCases {
        @Test
        void overloaded(Page page) {
            fail(page.url());
        }

        @Test
        void overloaded(Browser browser, Page page) {
            fail(browser.version() + page.url());
        }

        @ParameterizedTest
        @ValueSource(strings = {"../../etc/passwd", "b", "c"})
        void parameterized(String text, Page page) {
            fail(text + page.url());
        }
    }

    @Test
    void keepsNothingWhenEvidenceIsOff() throws Exception {
        JupiterRun run = run().with("bctrl.evidence", "OFF");
        assertThat(run.of(FailingTestCases.class).failures()).hasSize(1);
        assertThat(JupiterRun.files(run.evidence())).isEmpty();
    }

    @Test
    void leavesOutTheTraceWhenItIsOff() throws Exception {
        JupiterRun run = run().with("bctrl.trace", "OFF");
        run.of(FailingTestCases.class);
        assertThat(JupiterRun.files(onlyAttempt(run)))
                .doesNotContain("trace.zip")
                .contains("page-1.png");
        assertThat(json(onlyAttempt(run).resolve("failure.json"))
                        .getAsJsonArray("missing")
                        .toString())
                .contains("\"trace\"", "\"actions\"", "tracing is off");
    }

    @Test
    void keepsWhatItCanOfAPageThatHangs() throws Exception {
        JupiterRun run = run();
        long start = System.nanoTime();
        List<Throwable> failures = run.of(HangingTestCases.class).failures();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("it hangs"));
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        assertThat(JupiterRun.files(onlyAttempt(run)))
                .contains("events.json", "failure.json", "failure.txt", "index.html");
        assertThat(json(onlyAttempt(run).resolve("failure.json"))
                        .getAsJsonArray("missing")
                        .toString())
                .contains("screenshot");
    }

    @BctrlBrowser
    static class HangingTestCases {
        @Test
        void hangs(Page page) {
            page.setContent("<button>Hang</button>");
            page.locator("button")
                    .waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                            .setState(WaitForSelectorState.VISIBLE));
            page.evaluate("setTimeout(() => { for (;;) {} }, 200)");
            // Any call of Playwright would wait for the page, so the time passes outside.
            long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            fail("it hangs");
        }
    }

    @Test
    void givesConcurrentFailuresDirectoriesOfTheirOwn() throws Exception {
        JupiterRun run = run().concurrently(3).with("bctrl.scope", "TEST");
        run.of(NamesTestCases.class, FailingTestCases.class);
        assertThat(attempts(run)).hasSize(6).doesNotHaveDuplicates();
    }

    private JupiterRun run() {
        return new JupiterRun(controlPlane, requireNonNull(directory));
    }

    private static Path onlyAttempt(JupiterRun run) throws IOException {
        List<Path> attempts = attempts(run).toList();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }

    private static Stream<Path> attempts(JupiterRun run) throws IOException {
        try (Stream<Path> all = Files.walk(run.evidence())) {
            List<Path> attempts = all.filter(
                            path -> path.getFileName().toString().startsWith("attempt-"))
                    .toList();
            assertThat(attempts)
                    .allSatisfy(path -> assertThat(JupiterRun.files(path))
                            .contains("failure.json", "index.html")
                            .noneMatch(name -> name.endsWith(".part")));
            return Arrays.stream(attempts.toArray(Path[]::new));
        }
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
