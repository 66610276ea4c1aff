package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@BctrlBrowser(locale = "de-DE")
@ExtendWith(KiteShop.class)
class GermanBrowserIT {
    @Test
    void readsTheShippingTermsInGerman(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/shipping");

        assertThat(shopper.heading()).hasText("Versand und Rückgabe");
        assertThat(page.getByText("14,90\u00a0€")).isVisible();
        Assertions.assertThat(page.evaluate("navigator.language")).isEqualTo("de-DE");
    }
}
