package ai.bctrl.benchmarks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** A passing test of 21 actions and two assertions; the benchmarks run it. */
@BctrlBrowser
class FormTest {
    static final String URL = "bctrl.benchmarks.url";

    @Test
    void fillsAForm(Page page) {
        page.navigate(System.getProperty(URL));
        for (int i = 0; i < 10; i++) {
            page.locator("input").nth(i).fill("value " + i);
        }
        for (int i = 0; i < 10; i++) {
            page.getByRole(AriaRole.BUTTON).click();
        }
        assertThat(page).hasTitle("Sent 10");
        assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(200);
    }
}
