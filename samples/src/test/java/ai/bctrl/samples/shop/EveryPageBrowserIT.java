package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many small checks: one browser for the class, a fresh context for each. */
@BctrlBrowser(scope = BrowserScope.CLASS)
@ExtendWith(KiteShop.class)
class EveryPageBrowserIT {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/products/delta-one", "/cart", "/shipping", "/login", "/help", "/goodbye"})
    void hasOneHeadingAndNoErrors(String path, Page page, BrowserContext context, ShopServer shop) {
        Assertions.assertThat(context.cookies()).as("a fresh context").isEmpty();
        List<String> errors = new ArrayList<>();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });

        Shopper shopper = new Shopper(page, shop).open(path);

        assertThat(shopper.heading()).hasCount(1);
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        Assertions.assertThat(errors).isEmpty();
    }
}
