package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.SmallDisk;
import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where evidence cannot be written, tests fail of their own failures only, and say so. */
@Timeout(300)
class FullDiskBrowserIT {
    @Test
    void aDiskWithRoomForSomeFilesKeepsThem(@TempDir Path directory) throws IOException {
        try (SmallDisk disk = SmallDisk.of(directory.resolve("disk"), 1_200_000)) {
            disk.fillBut(420_000);
            SuiteRun run = new SuiteRun(disk.path()).of(Cases.class, "fails", "passes");
            assertThat(run.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .isExactlyInstanceOf(AssertionError.class)
                            .hasMessageContaining("this is why")
                            .hasNoSuppressedExceptions());
            assertThat(run.passed()).hasSize(1);
            KeptBundle bundle = KeptBundle.below(disk.path()).get(0);
            bundle.checkOfFullDisk();
            assertThat(bundle.directory().resolve("failure.txt")).content().contains("this is why");
            assertThat(bundle.manifest().getAsJsonArray("missing").toString()).contains("No space left on device");
            for (EvidenceKind kind : List.of(EvidenceKind.DOM, EvidenceKind.MHTML)) {
                assertThat(bundle.has(kind)).isFalse();
                assertThat(bundle.reasons(kind)).anyMatch(reason -> reason.contains("No space left on device"));
            }
            assertThat(run.leftovers()).isEmpty();
        }
    }

    @Test
    void aFullDiskCostsTheEvidenceOnly(@TempDir Path directory) throws IOException {
        try (SmallDisk disk = SmallDisk.of(directory.resolve("disk"), 1_200_000)) {
            disk.fillBut(0);
            SuiteRun run = new SuiteRun(disk.path()).of(Cases.class, "fails", "passes");
            failsOfItsOwnFailure(run, "No space left on device");
            assertThat(run.warnings()).hasSize(1);
            assertThat(run.leftovers()).isEmpty();
            try (Stream<Path> files = Files.walk(disk.path())) {
                assertThat(files.filter(Files::isRegularFile)
                                .map(file -> file.getFileName().toString())
                                .filter(name -> !name.matches("ballast|\\.lock|results-.*")))
                        .isEmpty();
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenToCostsTheEvidenceOnly(@TempDir Path directory) throws IOException {
        try (SmallDisk disk = SmallDisk.readOnly(directory.resolve("disk"))) {
            failsOfItsOwnFailure(
                    new SuiteRun(disk.path().resolve("evidence")).of(Cases.class, "fails", "passes"),
                    "Read-only file system");
        }
    }

    @Test
    void aDirectoryThatIsAFileCostsTheEvidenceOnly(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        SuiteRun run = new SuiteRun(file.resolve("evidence")).of(Cases.class, "fails", "passes");
        failsOfItsOwnFailure(run, "file");
        assertThat(file).hasContent("not a directory");
    }

    /** And is told once that there is no evidence; the log of results is told of once. */
    private static void failsOfItsOwnFailure(SuiteRun run, String reason) {
        assertThat(run.failures()).singleElement().satisfies(failure -> {
            assertThat(failure).isExactlyInstanceOf(AssertionError.class).hasMessage("this is why");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(note -> assertThat(note)
                            .hasMessageContaining("evidence")
                            .hasMessageContaining("could not be kept")
                            .hasMessageContaining(reason));
        });
        assertThat(run.passed()).hasSize(1);
        assertThat(run.warnings()).singleElement().asString().contains("results-");
    }

    @BctrlBrowser
    static class Cases {
        @Test
        void fails(Page page) {
            // Noise does not compress, and so takes room in every kind of file.
            page.setContent("<h1>Fails</h1><pre></pre>");
            page.evaluate("() => { let text = ''; for (let i = 0; i < 30000; i++) text += Math.random().toString(36);"
                    + " document.querySelector('pre').textContent = text; }");
            fail("this is why");
        }

        @Test
        void passes(Page page) {
            page.setContent("<h1>Passes</h1>");
        }
    }
}
