package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a page does: the test fails of its own failure, in time, and its bundle says what is missing and why. */
@Timeout(300)
class HostileBrowserIT {
    private static final List<EvidenceKind> OF_PAGES =
            List.of(EvidenceKind.SCREENSHOT, EvidenceKind.DOM, EvidenceKind.ARIA, EvidenceKind.MHTML);
    private static final long LARGEST_BUNDLE = 60_000_000;
    private static final AtomicReference<@Nullable HostileServer> SERVER = new AtomicReference<>();

    @TempDir
    @Nullable
    Path directory;

    @BeforeAll
    static void serve() throws IOException {
        SERVER.set(new HostileServer());
    }

    @AfterAll
    static void stopServing() {
        HostileServer server = SERVER.getAndSet(null);
        if (server != null) {
            server.close();
        }
    }

    private static HostileServer server() {
        HostileServer server = SERVER.get();
        if (server == null) {
            throw new IllegalStateException("the server is not up");
        }
        return server;
    }

    private static String url() {
        return server().url();
    }

    private SuiteRun run() {
        Path own = directory;
        if (own == null) {
            throw new IllegalStateException("JUnit sets it");
        }
        return new SuiteRun(own);
    }

    private KeptBundle bundleOf(String test) throws IOException {
        return bundle(run().of(HostileCases.class, test));
    }

    /** The only bundle; it is whole, of moderate size, and of the failure that the test threw. */
    private static KeptBundle bundle(SuiteRun run) throws IOException {
        KeptBundle bundle = run.bundle();
        assertThat(run.leftovers()).isEmpty();
        assertThat(run.warnings()).isEmpty();
        assertThat(size(bundle.directory())).isLessThan(LARGEST_BUNDLE);
        System.out.println("FIGURE " + bundle.directory().getParent().getFileName() + " collect "
                + bundle.manifest().getAsJsonArray("phases") + " bytes " + size(bundle.directory()) + " missing "
                + bundle.manifest().getAsJsonArray("missing") + " failure "
                + String.valueOf(run.failures().get(0)).lines().limit(5).toList());
        return bundle;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static JsonArray array(KeptBundle bundle, String name) throws IOException {
        return JsonParser.parseString(Files.readString(bundle.directory().resolve(name)))
                .getAsJsonArray();
    }

    private static void isOfTheTestsOwnFailure(KeptBundle bundle) {
        assertThat(bundle.failure("origin")).isEqualTo("application-assertion");
        assertThat(bundle.failure("message")).contains("this is why");
    }

    private static void keepsWhatWasRecorded(KeptBundle bundle) {
        for (EvidenceKind kind : List.of(
                EvidenceKind.TRACE,
                EvidenceKind.ACTIONS,
                EvidenceKind.CONSOLE,
                EvidenceKind.NETWORK,
                EvidenceKind.EVENTS,
                EvidenceKind.COMMANDS)) {
            assertThat(bundle.has(kind)).as("%s: %s", kind, bundle.reasons(kind)).isTrue();
        }
    }

    private static void saysOfEachPageKind(KeptBundle bundle, String reason) {
        for (EvidenceKind kind : OF_PAGES) {
            assertThat(bundle.reasons(kind)).as("%s", kind).anyMatch(text -> text.contains(reason));
        }
    }

    @Test
    void aPageOf200MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largePage");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        for (EvidenceKind kind : List.of(EvidenceKind.DOM, EvidenceKind.MHTML, EvidenceKind.ARIA)) {
            assertThat(bundle.has(kind)).as("%s", kind).isFalse();
            assertThat(bundle.reasons(kind)).as("%s", kind).anyMatch(reason -> reason.matches(".*\\d+.* more than .*"));
        }
    }

    @Test
    void aTextOf200MegabytesThatIsBeingPaintedIsTooMuch() throws IOException {
        KeptBundle bundle = bundleOf("largeText");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        for (EvidenceKind kind : List.of(EvidenceKind.DOM, EvidenceKind.MHTML, EvidenceKind.ARIA)) {
            assertThat(bundle.has(kind)).as("%s", kind).isFalse();
            assertThat(bundle.reasons(kind)).as("%s", kind).isNotEmpty();
        }
    }

    @Test
    void aFieldOf20MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largeValue");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        assertThat(bundle.has(EvidenceKind.ARIA)).isFalse();
        assertThat(bundle.reasons(EvidenceKind.ARIA)).isNotEmpty();
    }

    @Test
    void aBodyOf200MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largeBody");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        System.out.println("HAR " + Files.readString(bundle.directory().resolve("network.har")));
        assertThat(bundle.reasons(EvidenceKind.NETWORK)).anyMatch(reason -> reason.contains("body"));
        OF_PAGES.forEach(kind -> assertThat(bundle.has(kind)).as("%s", kind).isTrue());
    }

    @Test
    void theLastLinesOfALongConsoleAreKept() throws IOException {
        KeptBundle bundle = bundleOf("talkative");
        isOfTheTestsOwnFailure(bundle);
        JsonArray lines = array(bundle, "console.json");
        assertThat(lines).hasSize(5000);
        assertThat(lines.get(4999).getAsJsonObject().get("text").getAsString()).isEqualTo("line 9999");
        assertThat(bundle.reasons(EvidenceKind.CONSOLE)).containsExactly("only the last 5000 of 10000 were kept");
        assertThat(bundle.directory().resolve("index.html").toFile().length()).isLessThan(2_000_000);
    }

    @Test
    void aConsoleLineOf50MegabytesIsNotTheEnd() throws IOException {
        KeptBundle bundle = bundleOf("verbose");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        OF_PAGES.forEach(kind -> assertThat(bundle.has(kind)).as("%s", kind).isTrue());
    }

    @Test
    void anEndlessRedirectIsInTheNetworkLog() throws IOException {
        KeptBundle bundle = bundleOf("redirect");
        assertThat(bundle.failure("origin")).isEqualTo("test-error");
        assertThat(bundle.failure("lastAction")).startsWith("navigate to " + url() + "/again");
        JsonObject log = JsonParser.parseString(Files.readString(bundle.directory().resolve("network.har")))
                .getAsJsonObject()
                .getAsJsonObject("log");
        assertThat(log.getAsJsonArray("entries").asList().stream()
                        .filter(entry -> entry.getAsJsonObject()
                                .getAsJsonObject("request")
                                .get("url")
                                .getAsString()
                                .endsWith("/again"))
                        .count())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void aDialogThatNobodyAnswersIsTold() throws IOException {
        KeptBundle bundle = bundleOf("alert");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        saysOfEachPageKind(bundle, "dialog");
        assertThat(array(bundle, "console.json").toString()).contains("alert: Well?");
    }

    @Test
    void aPageThatAsksBeforeItClosesIsTold() throws IOException {
        KeptBundle bundle = bundleOf("beforeUnload");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        saysOfEachPageKind(bundle, "dialog");
    }

    @Test
    void aPageThatADebuggerHasPausedIsTold() throws IOException {
        KeptBundle bundle = bundleOf("paused");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        saysOfEachPageKind(bundle, "debugger");
    }

    @Test
    void aPageInAnEndlessLoopIsTold() throws IOException {
        KeptBundle bundle = bundle(run().with("bctrl.trace", "SNAPSHOTS").of(HostileCases.class, "loop"));
        isOfTheTestsOwnFailure(bundle);
        for (EvidenceKind kind : List.of(EvidenceKind.ACTIONS, EvidenceKind.EVENTS)) {
            assertThat(bundle.has(kind)).as("%s", kind).isTrue();
        }
        OF_PAGES.forEach(kind -> assertThat(bundle.reasons(kind)).isNotEmpty());
    }

    @Test
    void aFrameInAnEndlessLoopIsTold() throws IOException {
        Path chromium = Path.of("/usr/bin/chromium");
        // The headless shell has one process for all sites.
        Assumptions.assumeTrue(Files.isExecutable(chromium), "there is no Chromium that isolates sites");
        KeptBundle bundle =
                bundle(run().with("bctrl.local.chromium", chromium.toString()).of(HostileCases.class, "loopingFrame"));
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        assertThat(bundle.has(EvidenceKind.DOM)).isTrue();
        assertThat(bundle.reasons(EvidenceKind.DOM))
                .anyMatch(reason -> reason.contains("/loop") && reason.contains("does not answer"));
    }

    @Test
    void aPageOfManyFramesIsCaptured() throws IOException {
        KeptBundle bundle = bundleOf("frames");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        OF_PAGES.forEach(kind -> assertThat(bundle.has(kind))
                .as("%s: %s", kind, bundle.reasons(kind))
                .isTrue());
    }

    @Test
    void ofManyPagesSomeAreCaptured() throws IOException {
        KeptBundle bundle = bundle(
                run().with("bctrl.evidenceTimeoutSeconds", "120").of(HostileCases.class, "pages"));
        isOfTheTestsOwnFailure(bundle);
        saysOfEachPageKind(bundle, "only 10 of 12 open pages were captured");
        assertThat(bundle.directory().resolve("page-10.png")).exists();
        assertThat(bundle.directory().resolve("page-11.png")).doesNotExist();
    }

    @Test
    void aDownloadThatNeverEndsCostsNothingElse() throws IOException {
        KeptBundle bundle = bundleOf("download");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        OF_PAGES.forEach(kind -> {
            assertThat(bundle.has(kind)).as("%s", kind).isTrue();
            assertThat(bundle.reasons(kind)).as("%s", kind).isEmpty();
        });
        assertThat(bundle.reasons(EvidenceKind.DOWNLOAD)).anyMatch(reason -> reason.contains("endless.bin"));
        assertThat(bundle.reasons(EvidenceKind.SCREENSHOT)).isEmpty();
    }

    @Test
    void aPageWithAServiceWorkerIsCaptured() throws IOException {
        KeptBundle bundle = bundleOf("serviceWorker");
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        OF_PAGES.forEach(kind -> assertThat(bundle.has(kind))
                .as("%s: %s", kind, bundle.reasons(kind))
                .isTrue());
    }

    @Test
    void aLongAddressIsCutWherePeopleReadIt() throws IOException {
        SuiteRun run = run().of(HostileCases.class, "longAddress");
        KeptBundle bundle = bundle(run);
        isOfTheTestsOwnFailure(bundle);
        assertThat(bundle.directory().resolve("failure.json").toFile().length()).isLessThan(50_000);
        assertThat(bundle.directory().resolve("failure.md").toFile().length()).isLessThan(50_000);
        assertThat(run.failures().get(0).getMessage()).hasSizeLessThan(10_000);
    }

    @Test
    void aLongNameIsNoProblem() throws IOException {
        KeptBundle bundle = bundle(run().of(NamesCases.class, NamesCases.LONG));
        isOfTheTestsOwnFailure(bundle);
        assertThat(bundle.manifest().getAsJsonObject("test").get("method").getAsString())
                .isEqualTo(NamesCases.LONG);
    }

    @Test
    void aStrangeNameIsNoProblem() throws IOException {
        KeptBundle bundle = bundle(run().of(NamesCases.class, "strange"));
        isOfTheTestsOwnFailure(bundle);
        assertThat(bundle.manifest().getAsJsonObject("test").get("displayName").getAsString())
                .isEqualTo("../../\uD83D\uDD25 a/b\\c:*?\"<>| \uD83D\uDE80");
    }

    @Test
    void whatIsNotReadyInTimeIsCut() throws IOException {
        KeptBundle bundle = bundle(
                run().with("bctrl.evidenceTimeoutSeconds", "3").of(HostileCases.class, "manyHang"));
        isOfTheTestsOwnFailure(bundle);
        keepsWhatWasRecorded(bundle);
        saysOfEachPageKind(bundle, "page 4");
        saysOfEachPageKind(bundle, "time for collecting evidence");
    }

    @BctrlBrowser
    static class HostileCases {
        private static final String WHY = "this is why";

        @Test
        void largePage(Page page) {
            page.setContent("<h1>Large</h1><pre hidden></pre>");
            page.evaluate("() => { document.querySelector('pre').textContent = 'x'.repeat(200 * 1024 * 1024); }");
            fail(WHY);
        }

        @Test
        void largeText(Page page) {
            page.setContent("<h1>Large</h1><pre></pre>");
            page.evaluate("() => { document.querySelector('pre').textContent = 'x'.repeat(200 * 1024 * 1024); }");
            fail(WHY);
        }

        @Test
        void largeValue(Page page) {
            page.setContent("<h1>Large</h1><textarea></textarea>");
            page.evaluate("() => { document.querySelector('textarea').value = 'x '.repeat(10 * 1024 * 1024); }");
            fail(WHY);
        }

        @Test
        void largeBody(Page page) {
            page.navigate(url());
            page.evaluate("url => fetch(url).then(r => r.text()).then(t => t.length)", url() + "/large");
            fail(WHY);
        }

        @Test
        void talkative(Page page) {
            page.setContent("<h1>Talks</h1>");
            page.evaluate("() => { for (let i = 0; i < 10000; i++) console.log('line ' + i); }");
            fail(WHY);
        }

        @Test
        void verbose(Page page) {
            page.setContent("<h1>Talks</h1>");
            page.evaluate("() => console.log('x'.repeat(50 * 1024 * 1024))");
            fail(WHY);
        }

        @Test
        void redirect(Page page) {
            page.navigate(url() + "/again");
        }

        @Test
        void alert(Page page) {
            page.onDialog(dialog -> {});
            page.setContent("<h1>Asks</h1>");
            page.evaluate("() => { setTimeout(() => alert('Well?'), 0); }");
            page.waitForCondition(() -> true);
            fail(WHY);
        }

        @Test
        void beforeUnload(Page page) {
            page.onDialog(dialog -> {});
            page.setContent("<button>Press</button><script>onbeforeunload = e => { e.preventDefault();"
                    + " e.returnValue = 'stay'; return 'stay'; }</script>");
            page.locator("button").click();
            page.close(new Page.CloseOptions().setRunBeforeUnload(true));
            page.waitForTimeout(500);
            fail(WHY);
        }

        @Test
        void paused(Page page) {
            page.setContent("<h1>Pauses</h1>");
            CDPSession debugger = page.context().newCDPSession(page);
            debugger.send("Debugger.enable");
            boolean[] isPaused = new boolean[1];
            debugger.on("Debugger.paused", event -> isPaused[0] = true);
            page.evaluate("() => { setTimeout(() => { debugger; }, 0); }");
            page.waitForCondition(() -> isPaused[0]);
            fail(WHY);
        }

        @Test
        void loop(Page page) throws InterruptedException {
            page.navigate(url());
            // Late enough for the snapshot that is taken after the call.
            page.evaluate("() => { setTimeout(() => { const said = new XMLHttpRequest();"
                    + " said.open('GET', '/about-to-loop', false); said.send(); for (;;) ; }, 500); }");
            server().awaitLoop();
            fail(WHY);
        }

        @Test
        void loopingFrame(Page page) throws InterruptedException {
            page.navigate(url());
            page.evaluate(
                    "url => { const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); }",
                    url().replace("127.0.0.1", "localhost") + "/loop");
            server().awaitLoop();
            fail(WHY);
        }

        @Test
        void frames(Page page) {
            page.navigate(url());
            page.evaluate("() => { for (let i = 0; i < 60; i++) {"
                    + " const f = document.createElement('iframe'); f.src = '/frame-' + i; document.body.append(f); } }");
            page.waitForCondition(() -> page.frames().size() > 60);
            fail(WHY);
        }

        @Test
        void pages(Page page) {
            for (int i = 1; i < 12; i++) {
                page.context().newPage().setContent("<h1>Page " + i + "</h1>");
            }
            fail(WHY);
        }

        @Test
        void download(Page page) {
            page.navigate(url());
            page.waitForDownload(() -> page.evaluate("url => { location.href = url; }", url() + "/endless"));
            fail(WHY);
        }

        @Test
        void serviceWorker(Page page) {
            page.navigate(url());
            page.evaluate("() => navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
                    + ".then(() => true)");
            page.waitForFunction("() => !!navigator.serviceWorker.controller");
            assertThat(page.evaluate("() => fetch('/made-up').then(r => r.text())"))
                    .isEqualTo("made up by a worker");
            fail(WHY);
        }

        @Test
        void longAddress(Page page) {
            page.navigate("data:text/html,<h1>Long</h1><!--" + "x".repeat(1 << 20) + "-->");
            fail(WHY);
        }

        @Test
        void manyHang(Page page) {
            page.setContent("<h1>One</h1>");
            for (int i = 1; i < 5; i++) {
                Page hung = page.context().newPage();
                hung.onDialog(dialog -> {});
                hung.setContent("<h1>Asks</h1>");
                hung.evaluate("() => { setTimeout(() => alert('Well?'), 0); }");
            }
            fail(WHY);
        }
    }

    @BctrlBrowser
    static class NamesCases {
        static final String LONG =
                "aNameOfThreeHundredCharactersXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                        + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                        + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                        + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                        + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX";

        @Test
        void aNameOfThreeHundredCharactersXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX(Page page) {
            page.setContent("<h1>Long</h1>");
            fail("this is why");
        }

        @Test
        @DisplayName("../../\uD83D\uDD25 a/b\\c:*?\"<>| \uD83D\uDE80")
        void strange(Page page) {
            page.setContent("<h1>Strange</h1>");
            fail("this is why");
        }
    }
}
