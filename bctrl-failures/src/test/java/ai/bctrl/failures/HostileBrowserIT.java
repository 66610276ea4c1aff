package ai.bctrl.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
        server().close();
    }

    private static HostileServer server() {
        return requireNonNull(SERVER.get());
    }

    private SuiteRun run() {
        return new SuiteRun(requireNonNull(directory));
    }

    private KeptBundle bundleOf(String test) throws IOException {
        return run().of(HostileCases.class, test).bundle();
    }

    @Test
    void anEndlessRedirectIsInTheNetworkLog() throws IOException {
        KeptBundle bundle = bundleOf("redirect");
        assertThat(bundle.failure("origin")).isEqualTo("test-error");
        assertThat(bundle.failure("lastAction")).startsWith("navigate to " + server().url() + "/again");
        JsonObject log = JsonParser.parseString(
                        Files.readString(bundle.directory().resolve("network.har")))
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
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        bundle.checkReasonOfPages("dialog");
        assertThat(bundle.array("console.json").toString()).contains("alert: Well?");
    }

    @Test
    void aPageThatAsksBeforeItClosesIsTold() throws IOException {
        KeptBundle bundle = bundleOf("beforeUnload");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        bundle.checkReasonOfPages("dialog");
    }

    @Test
    void aPageThatADebuggerHasPausedIsTold() throws IOException {
        KeptBundle bundle = bundleOf("paused");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        bundle.checkReasonOfPages("debugger");
    }

    @Test
    void aPageInAnEndlessLoopIsTold() throws IOException {
        KeptBundle bundle = run().with("bctrl.trace", "SNAPSHOTS")
                .of(HostileCases.class, "loop")
                .bundle();
        bundle.checkFailure("this is why");
        for (EvidenceKind kind : List.of(EvidenceKind.ACTIONS, EvidenceKind.EVENTS)) {
            assertThat(bundle.has(kind)).as("%s", kind).isTrue();
        }
        KeptBundle.OF_PAGES.forEach(kind -> assertThat(bundle.reasons(kind)).isNotEmpty());
    }

    @Test
    void aFrameInAnEndlessLoopIsTold() throws IOException {
        Path chromium = Path.of("/usr/bin/chromium");
        // The headless shell has one process for all sites.
        Assumptions.assumeTrue(Files.isExecutable(chromium), "there is no Chromium that isolates sites");
        KeptBundle bundle = run().with("bctrl.local.chromium", chromium.toString())
                .of(HostileCases.class, "loopingFrame")
                .bundle();
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        assertThat(bundle.has(EvidenceKind.DOM)).isTrue();
        assertThat(bundle.reasons(EvidenceKind.DOM))
                .anyMatch(reason -> reason.contains("/loop") && reason.contains("does not answer"));
    }

    @Test
    void aDownloadThatNeverEndsCostsNothingElse() throws IOException {
        KeptBundle bundle = bundleOf("download");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        KeptBundle.OF_PAGES.forEach(kind -> {
            assertThat(bundle.has(kind)).as("%s", kind).isTrue();
            assertThat(bundle.reasons(kind)).as("%s", kind).isEmpty();
        });
        assertThat(bundle.reasons(EvidenceKind.DOWNLOAD)).anyMatch(reason -> reason.contains("endless.bin"));
        assertThat(bundle.reasons(EvidenceKind.SCREENSHOT)).isEmpty();
    }

    @Test
    void aPageWithAServiceWorkerIsCaptured() throws IOException {
        KeptBundle bundle = bundleOf("serviceWorker");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        KeptBundle.OF_PAGES.forEach(kind -> assertThat(bundle.has(kind))
                .as("%s: %s", kind, bundle.reasons(kind))
                .isTrue());
    }

    @Test
    void aLongNameIsNoProblem() throws IOException {
        KeptBundle bundle = run().of(NamesCases.class, NamesCases.LONG).bundle();
        bundle.checkFailure("this is why");
        assertThat(bundle.manifest().getAsJsonObject("test").get("method").getAsString())
                .isEqualTo(NamesCases.LONG);
    }

    @Test
    void aStrangeNameIsNoProblem() throws IOException {
        KeptBundle bundle = run().of(NamesCases.class, "strange").bundle();
        bundle.checkFailure("this is why");
        assertThat(bundle.manifest().getAsJsonObject("test").get("displayName").getAsString())
                .isEqualTo("../../\uD83D\uDD25 a/b\\c:*?\"<>| \uD83D\uDE80");
    }

    @Test
    void whatIsNotReadyInTimeIsCut() throws IOException {
        KeptBundle bundle = run().with("bctrl.evidenceTimeoutSeconds", "3")
                .of(HostileCases.class, "manyHang")
                .bundle();
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        bundle.checkReasonOfPages("page 4");
        bundle.checkReasonOfPages("time for collecting evidence");
    }

    @BctrlBrowser
    static class HostileCases {
        private static final String WHY = "this is why";

        @Test
        void redirect(Page page) {
            page.navigate(server().url() + "/again");
        }

        @Test
        void alert(Page page) {
            boolean[] isAsked = new boolean[1];
            page.onDialog(dialog -> isAsked[0] = true);
            page.setContent("<h1>Asks</h1>");
            page.evaluate("() => { setTimeout(() => alert('Well?'), 0); }");
            page.waitForCondition(() -> isAsked[0]);
            fail(WHY);
        }

        @Test
        void beforeUnload(Page page) {
            boolean[] isAsked = new boolean[1];
            page.onDialog(dialog -> isAsked[0] = true);
            page.setContent("<button>Press</button><script>onbeforeunload = e => { e.preventDefault();"
                    + " e.returnValue = 'stay'; return 'stay'; }</script>");
            page.locator("button").click();
            page.close(new Page.CloseOptions().setRunBeforeUnload(true));
            page.waitForCondition(() -> isAsked[0]);
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
            page.navigate(server().url());
            // Late enough for the snapshot that is taken after the call.
            page.evaluate("() => { setTimeout(() => { const said = new XMLHttpRequest();"
                    + " said.open('GET', '/about-to-loop', false); said.send(); for (;;) ; }, 500); }");
            server().awaitLoop();
            fail(WHY);
        }

        @Test
        void loopingFrame(Page page) throws InterruptedException {
            page.navigate(server().url());
            page.evaluate(
                    "url => { const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); }",
                    server().url().replace("127.0.0.1", "localhost") + "/loop");
            server().awaitLoop();
            fail(WHY);
        }

        @Test
        void download(Page page) {
            page.navigate(server().url());
            page.waitForDownload(() -> page.evaluate("url => { location.href = url; }", server().url() + "/endless"));
            fail(WHY);
        }

        @Test
        void serviceWorker(Page page) {
            page.navigate(server().url());
            page.evaluate(
                    "() => navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
                            + ".then(() => true)");
            page.waitForFunction("() => !!navigator.serviceWorker.controller");
            assertThat(page.evaluate("() => fetch('/made-up').then(r => r.text())"))
                    .isEqualTo("made up by a worker");
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
        static final String LONG = "aNameOfThreeHundredCharactersXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
                + "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX";

        @Test
        void
                aNameOfThreeHundredCharactersXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX(
                        Page page) {
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
