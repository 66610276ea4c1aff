package ai.bctrl.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.EvidenceMode;
import ai.bctrl.junit.evidence.Keep;
import ai.bctrl.junit.evidence.TraceLevel;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What is kept of tests, and for how long, is what settings and annotations say. */
@Timeout(120)
class RetentionBrowserIT {
    @TempDir
    @Nullable
    Path directory;

    private Path evidence() {
        return requireNonNull(directory).resolve("evidence");
    }

    private LauncherRun run() {
        return new LauncherRun(evidence());
    }

    /** {@return the names of all files that are kept of tests} */
    private Set<String> kept() throws IOException {
        try (Stream<Path> files = Files.walk(evidence())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> requireNonNull(file.getParent())
                            .getFileName()
                            .toString()
                            .startsWith("attempt-"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** {@return what Playwright's sessions of ours have in the temporary directory} */
    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(
                                    "bctrl-artifacts-" + ProcessHandle.current().pid() + "-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void evidenceThatIsOffLeavesNothing() {
        LauncherRun.Ended ended = run().with("bctrl.evidence", "OFF").of(FailingCases.class);
        assertThat(ended.thrown()).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessage("wrong").isExactlyInstanceOf(AssertionError.class);
            assertThat(failure.getSuppressed()).isEmpty();
        });
        assertThat(evidence()).doesNotExist();
        assertThat(ended.published()).isEmpty();
    }

    @Test
    void tracingBelongsToTheTestWhereNothingOfItIsWanted() {
        run().with("bctrl.evidence", "OFF").of(OwnTracingCases.class).requireSuccess(1);
        run().with("bctrl.trace", "OFF").of(OwnTracingCases.class).requireSuccess(1);
        run().with("bctrl.evidence.trace", "OFF")
                .with("bctrl.evidence.actions", "OFF")
                .with("bctrl.evidence.console", "OFF")
                .of(OwnTracingCases.class)
                .requireSuccess(1);
        assertThat(run().of(OwnTracingCases.class).thrown()).singleElement().isInstanceOf(PlaywrightException.class);
    }

    @Test
    void anAnnotationTurnsEvidenceAndTracingOff() throws IOException {
        run().of(OwnTracingByAnnotationCases.class).requireSuccess(2);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aPassingTestLeavesNothingOnFailureOnly() throws IOException {
        Set<Path> before = temporary();
        LauncherRun.Ended ended = run().of(PassingCases.class);
        ended.requireSuccess(1);
        assertThat(kept()).isEmpty();
        try (Stream<Path> files = Files.walk(evidence())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("Cases"));
        }
        assertThat(ended.published()).isEmpty();
        assertThat(temporary()).isSubsetOf(before);
    }

    @Test
    void aFailingTestLeavesNoTemporaryFile() throws IOException {
        Set<Path> before = temporary();
        assertThat(run().of(FailingCases.class).count(Status.FAILED)).isOne();
        assertThat(kept()).contains("failure.json", "page-1.png", "network.har", "trace.zip");
        assertThat(temporary()).isSubsetOf(before);
    }

    @Test
    void evidenceOfPassingTestsIsKeptAndPublishedWhereItIsWanted() throws IOException {
        LauncherRun.Ended ended = run().with("bctrl.evidence", "ALWAYS").of(PassingCases.class);
        ended.requireSuccess(1);
        assertThat(kept())
                .contains("passed.json", "page-1.png", "page-1.html", "network.har", "trace.zip", "index.html")
                .doesNotContain("failure.json", "failure.txt", "failure.md");
        assertThat(ended.published()).contains("passed.json", "page-1.png", "trace.zip", "index.html");
    }

    @Test
    void anAnnotationKeepsKindsOfPassingTests() throws IOException {
        run().of(KeepingCases.class).requireSuccess(1);
        assertThat(kept())
                .contains("passed.json", "page-1.html")
                .doesNotContain("page-1.png", "trace.zip", "network.har");
    }

    @Test
    void aSettingBeatsTheAnnotation() throws IOException {
        run().with("bctrl.evidence", "ON_FAILURE").of(KeepingCases.class).requireSuccess(1);
        assertThat(kept()).isEmpty();
        run().with("bctrl.evidence.dom", "OFF")
                .with("bctrl.evidence.screenshot", "ALWAYS")
                .of(KeepingCases.class)
                .requireSuccess(1);
        assertThat(kept()).contains("passed.json", "page-1.png").doesNotContain("page-1.html");
    }

    @Test
    void aKindThatIsOffIsNotKeptAndNotMissed() throws IOException {
        assertThat(run().with("bctrl.evidence.mhtml", "OFF")
                        .of(FailingCases.class)
                        .count(Status.FAILED))
                .isOne();
        assertThat(kept()).contains("page-1.png", "page-1.html").doesNotContain("page-1.mhtml");
        assertThat(KeptBundle.below(evidence()))
                .singleElement()
                .satisfies(
                        bundle -> assertThat(bundle.reasons(EvidenceKind.MHTML)).isEmpty());
    }

    @Test
    void theOldestRunsGoWhenANewOneBegins() throws IOException {
        for (String name : List.of("one", "two", "three", "four")) {
            run().with("bctrl.run", name)
                    .with("bctrl.keepRuns", "2")
                    .of(PassingCases.class)
                    .requireSuccess(1);
        }
        try (Stream<Path> runs = Files.list(evidence())) {
            assertThat(runs.filter(Files::isDirectory)
                            .map(run -> run.getFileName().toString()))
                    .containsExactlyInAnyOrder("two", "three", "four");
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
    static class FailingCases {
        @Test
        void fails(Page page) {
            page.setContent("<h1>Wrong</h1>");
            throw new AssertionError("wrong");
        }
    }

    @BctrlBrowser(
            evidence = {
                @Keep(EvidenceMode.OFF),
                @Keep(
                        value = EvidenceMode.ALWAYS,
                        kinds = {EvidenceKind.DOM, EvidenceKind.ARIA})
            })
    static class KeepingCases {
        @Test
        void passes(Page page) {
            page.setContent("<h1>Fine</h1>");
        }
    }

    @BctrlBrowser
    static class OwnTracingCases {
        @Test
        void traces(BrowserContext context, Page page) {
            context.tracing().start();
            page.setContent("<h1>Traced</h1>");
            context.tracing().stop();
        }
    }

    static class OwnTracingByAnnotationCases {
        @Test
        @BctrlBrowser(evidence = @Keep(EvidenceMode.OFF))
        void withoutEvidence(BrowserContext context) {
            context.tracing().start();
            context.tracing().stop();
        }

        @Test
        @BctrlBrowser(trace = TraceLevel.OFF)
        void withoutTrace(BrowserContext context) {
            context.tracing().start();
            context.tracing().stop();
        }
    }
}
