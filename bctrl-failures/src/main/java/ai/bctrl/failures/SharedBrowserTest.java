package ai.bctrl.failures;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;

/** Fails in a browser that all tests of the class use. */
@BctrlBrowser(scope = BrowserScope.CLASS)
class SharedBrowserTest {
    private static final LocatorAssertions.HasTextOptions SOON = new LocatorAssertions.HasTextOptions().setTimeout(200);

    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void fails(Page page) {
        page.setContent("<h1>Seven</h1>");
        assertThat(page.locator("h1")).hasText("Eight", SOON);
    }

    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void failsToo(Page page) {
        page.setContent("<h1>Nine</h1>");
        assertThat(page.locator("h1")).hasText("Eight", SOON);
    }
}
