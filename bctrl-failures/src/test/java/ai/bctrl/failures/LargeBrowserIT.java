package ai.bctrl.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import com.google.gson.JsonArray;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much a page has or says: the bundle stays small, and says what was too much. */
@Timeout(300)
class LargeBrowserIT {
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
        return run().of(LargeCases.class, test).bundle();
    }

    @Test
    void aPageOf200MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largePage");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        for (EvidenceKind kind : List.of(EvidenceKind.DOM, EvidenceKind.MHTML, EvidenceKind.ARIA)) {
            assertThat(bundle.has(kind)).as("%s", kind).isFalse();
            assertThat(bundle.reasons(kind)).as("%s", kind).anyMatch(reason -> reason.matches(".*\\d+.* more than .*"));
        }
    }

    @Test
    void aTextOf200MegabytesThatIsBeingPaintedIsTooMuch() throws IOException {
        KeptBundle bundle = bundleOf("largeText");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        for (EvidenceKind kind : List.of(EvidenceKind.DOM, EvidenceKind.MHTML, EvidenceKind.ARIA)) {
            assertThat(bundle.has(kind)).as("%s", kind).isFalse();
            assertThat(bundle.reasons(kind)).as("%s", kind).isNotEmpty();
        }
    }

    @Test
    void aFieldOf20MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largeValue");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        assertThat(bundle.has(EvidenceKind.ARIA)).isFalse();
        assertThat(bundle.reasons(EvidenceKind.ARIA)).isNotEmpty();
    }

    @Test
    void aBodyOf200MegabytesIsTooLarge() throws IOException {
        KeptBundle bundle = bundleOf("largeBody");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        assertThat(bundle.reasons(EvidenceKind.NETWORK)).anyMatch(reason -> reason.contains("body"));
        KeptBundle.OF_PAGES.forEach(
                kind -> assertThat(bundle.has(kind)).as("%s", kind).isTrue());
    }

    @Test
    void theLastLinesOfALongConsoleAreKept() throws IOException {
        KeptBundle bundle = bundleOf("talkative");
        bundle.checkFailure("this is why");
        JsonArray lines = bundle.array("console.json");
        assertThat(lines).hasSize(5000);
        assertThat(lines.get(4999).getAsJsonObject().get("text").getAsString()).isEqualTo("line 9999");
        assertThat(bundle.reasons(EvidenceKind.CONSOLE)).containsExactly("only the last 5000 of 10000 were kept");
        assertThat(bundle.directory().resolve("index.html").toFile().length()).isLessThan(2_000_000);
    }

    @Test
    void aConsoleLineOf50MegabytesIsNotTheEnd() throws IOException {
        KeptBundle bundle = bundleOf("verbose");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        KeptBundle.OF_PAGES.forEach(
                kind -> assertThat(bundle.has(kind)).as("%s", kind).isTrue());
    }

    @Test
    void aPageOfManyFramesIsCaptured() throws IOException {
        KeptBundle bundle = bundleOf("frames");
        bundle.checkFailure("this is why");
        bundle.checkRecordings();
        KeptBundle.OF_PAGES.forEach(kind -> assertThat(bundle.has(kind))
                .as("%s: %s", kind, bundle.reasons(kind))
                .isTrue());
    }

    @Test
    void ofManyPagesSomeAreCaptured() throws IOException {
        KeptBundle bundle = run().with("bctrl.evidenceTimeoutSeconds", "120")
                .of(LargeCases.class, "pages")
                .bundle();
        bundle.checkFailure("this is why");
        bundle.checkReasonOfPages("only 10 of 12 open pages were captured");
        assertThat(bundle.directory().resolve("page-10.png")).exists();
        assertThat(bundle.directory().resolve("page-11.png")).doesNotExist();
    }

    @Test
    void aLongAddressIsCutWherePeopleReadIt() throws IOException {
        SuiteRun run = run().of(LargeCases.class, "longAddress");
        KeptBundle bundle = run.bundle();
        bundle.checkFailure("this is why");
        assertThat(bundle.directory().resolve("failure.json").toFile().length()).isLessThan(50_000);
        assertThat(bundle.directory().resolve("failure.md").toFile().length()).isLessThan(50_000);
        assertThat(run.failures().get(0).getMessage()).hasSizeLessThan(10_000);
    }

    @BctrlBrowser
    static class LargeCases {
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
            page.navigate(server().url());
            page.evaluate("url => fetch(url).then(r => r.text()).then(t => t.length)", server().url() + "/large");
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
        void frames(Page page) {
            page.navigate(server().url());
            page.evaluate(
                    "() => { for (let i = 0; i < 60; i++) {"
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
        void longAddress(Page page) {
            page.navigate("data:text/html,<h1>Long</h1><!--" + "x".repeat(1 << 20) + "-->");
            fail(WHY);
        }
    }
}
