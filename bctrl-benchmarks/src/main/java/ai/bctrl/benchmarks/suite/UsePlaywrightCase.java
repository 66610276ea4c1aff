package ai.bctrl.benchmarks.suite;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.junit.UsePlaywright;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** One test with Playwright's own fixture. */
@UsePlaywright(UsePlaywrightCases.Shell.class)
class UsePlaywrightCase {
    @Test
    void usesAPage(Page page, TestReporter reporter) {
        Cases.run(page, reporter);
    }
}
