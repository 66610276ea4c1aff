package ai.bctrl.samples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

// tag::first[]
@BctrlBrowser
class FirstBrowserIT {
    @Test
    void greets(Page page) {
        page.setContent("<button onclick=\"this.textContent = 'Hello'\">Greet</button>");
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.BUTTON)).hasText("Hello");
    }
}
// end::first[]
