package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fails after the test method. */
@BctrlBrowser
class AfterEachTest {
    @Test
    @Expect(origin = FailureOrigin.TEAR_DOWN, place = "after-each")
    void passes(Page page) {
        page.setContent("<h1>After</h1>");
    }

    @AfterEach
    void fails(Page page) {
        throw new IllegalStateException("cannot clean up " + page.url());
    }
}
