package ai.bctrl.soak;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Tests that share a browser, each with a context of its own. */
@BctrlBrowser(scope = BrowserScope.CLASS)
class SharedTestCases {
    @Test
    void looksAtACup(Page page) {
        page.navigate(SoakWorker.site() + "/item?cup");
        page.locator("#price").click();
        assertThat(page.locator("output")).hasText("42");
    }

    @Test
    void looksAtAPlate(Page page) {
        page.navigate(SoakWorker.site() + "/item?plate");
        page.getByLabel("Name").fill("Grace");
        assertThat(page.getByLabel("Name")).hasValue("Grace");
    }
}
