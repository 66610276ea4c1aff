package ai.bctrl.benchmarks.suite;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** One test with a managed browser. Of a parameterized one nobody knows beforehand that it is the last. */
@BctrlBrowser
class ManagedCase {
    @Test
    void usesAPage(Page page, TestReporter reporter) {
        Cases.run(page, reporter);
    }
}
