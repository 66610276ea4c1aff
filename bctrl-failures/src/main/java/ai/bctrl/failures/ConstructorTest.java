package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Fails in the constructor. */
@BctrlBrowser
class ConstructorTest {
    ConstructorTest(Page page) {
        page.setContent("<h1>Constructed</h1>");
        throw new IllegalStateException("cannot be constructed");
    }

    @Test
    @Expect(origin = FailureOrigin.SET_UP, place = "constructor")
    void neverRuns() {}
}
