package ai.bctrl.failures;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;

/** Fails in a window that the page opened. */
@BctrlBrowser
class PopupTest {
    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void fails(Page page) {
        page.setContent(
                "<button onclick=\"window.open('about:blank').document.write('<h1>Popup</h1>')\">Open</button>");
        Page popup = page.waitForPopup(() -> page.locator("button").click());
        assertThat(popup.locator("h1")).hasText("Popdown", new LocatorAssertions.HasTextOptions().setTimeout(200));
    }
}
