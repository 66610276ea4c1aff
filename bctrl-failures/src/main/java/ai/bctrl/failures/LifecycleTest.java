package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fails before the test method. */
@BctrlBrowser
class LifecycleTest {
    @BeforeEach
    void fails(Page page) {
        page.setContent("<h1>Before</h1>");
        throw new IllegalStateException("not ready");
    }

    @Test
    @Expect(origin = FailureOrigin.SET_UP, place = "before-each")
    void one() {}

    @Test
    @Expect(origin = FailureOrigin.SET_UP, place = "before-each")
    void two() {}
}
