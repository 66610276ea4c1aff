package ai.bctrl.junit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.junit.internal.report.RunReport;
import ai.bctrl.junit.internal.report.server.ReportServer;
import ai.bctrl.junit.internal.report.server.RunSearch;
import ai.bctrl.playwright.TraceViewerFiles;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A served report leads to the trace of a failure with one click. */
@Timeout(120)
class ReportServerBrowserIT {
    @TempDir
    @Nullable
    Path directory;

    @Test
    @BctrlBrowser
    void opensATraceFromTheReport(Page page) throws Exception {
        JupiterRun jupiter = new JupiterRun(requireNonNull(directory));
        assertThat(jupiter.of(FailingTestCases.class).failures()).hasSize(1);
        Path run = requireNonNull(RunSearch.at(jupiter.evidence()));
        RunReport.write(run);
        try (ReportServer server = ReportServer.start(run, TraceViewerFiles.directory(), 0)) {
            page.setViewportSize(1280, 800);
            page.navigate(server.origin());
            assertThat(page.locator(".row")).hasCount(1);
            page.locator(".row").click();
            assertThat(page.locator(".verdict-box")).containsText("no <kite> today");
            Page viewer =
                    page.context().waitForPage(() -> page.locator("#trace").click());
            assertThat(viewer.locator(".action-title").filter(new Locator.FilterOptions().setHasText("Click")))
                    .isVisible();
            viewer.close();
        }
    }

    @BctrlBrowser
    static class FailingTestCases {
        @Test
        void fails(Page page) {
            page.setContent("<button>Red</button>");
            page.locator("button").click();
            fail("no <kite> today");
        }
    }
}
