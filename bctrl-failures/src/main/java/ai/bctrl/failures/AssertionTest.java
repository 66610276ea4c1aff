package ai.bctrl.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Assertions that do not hold. */
@BctrlBrowser
class AssertionTest {
    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void fails(Page page) {
        page.setContent("<h1>Seven</h1>");
        assertEquals("Eight", page.locator("h1").textContent());
    }

    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void failsToo(Page page) {
        page.setContent("<h1>Nine</h1>");
        assertEquals("Eight", page.locator("h1").textContent());
    }

    @Test
    void passes(Page page) {
        page.setContent("<h1>Eight</h1>");
        assertEquals("Eight", page.locator("h1").textContent());
    }

    @Nested
    class Inside {
        @Test
        @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
        void fails(Page page) {
            page.setContent("<h1>Ten</h1>");
            assertEquals("Eight", page.locator("h1").textContent());
        }
    }
}
