package ai.bctrl.soak;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What users' tests are like: each has a browser of its own. They fail only when something between them and the page does. */
@BctrlBrowser
class ShopTestCases {
    @BeforeEach
    void openTheShop(Page page) {
        page.navigate(SoakWorker.site());
    }

    @Test
    void filtersWhatThereIs(Page page) {
        page.getByLabel("Filter").fill("cup");
        assertThat(page.locator("li:visible")).hasCount(1);
        page.getByLabel("Filter").fill("");
        assertThat(page.locator("li:visible")).hasCount(3);
    }

    @Test
    void buysACup(Page page) {
        page.getByText("cup").click();
        page.locator("#price").click();
        assertThat(page.locator("output")).hasText("42");
        page.getByLabel("Name").fill("Ada");
        page.locator("#buy").click();
        assertThat(page).hasTitle("Bought");
    }

    @Test
    void answersADialogAndReadsTheTerms(Page page) {
        page.getByText("plate").click();
        page.onceDialog(dialog -> dialog.accept());
        page.locator("#ask").click();
        assertThat(page.locator("output")).hasText("sure");
        Page terms = page.waitForPopup(() -> page.locator("#terms").click());
        assertThat(terms.locator("h1")).hasText("Terms");
        terms.close();
    }

    @Test
    void keepsTheReceipt(Page page) throws IOException {
        page.getByText("fork").click();
        Download receipt = page.waitForDownload(() -> page.locator("#receipt").click());
        long size = Files.size(receipt.path());
        if (size != 10_000) {
            throw new AssertionFailedError("the receipt has " + size + " bytes");
        }
    }

    @Test
    void walksThroughTheShop(Page page) {
        for (String item : new String[] {"cup", "plate", "fork"}) {
            page.getByText(item).click();
            assertThat(page).hasTitle("Item");
            page.goBack();
            assertThat(page).hasTitle("Shop");
        }
        page.screenshot();
    }
}
