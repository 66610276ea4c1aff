package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fails before all tests of the class. */
@BctrlBrowser(scope = BrowserScope.CLASS)
@Expect(origin = FailureOrigin.SET_UP, place = "before-all")
class BeforeAllTest {
    @BeforeAll
    static void fails(Page page) {
        page.setContent("<h1>Before all</h1>");
        throw new IllegalStateException("no test data");
    }

    @Test
    void neverRuns() {}
}
