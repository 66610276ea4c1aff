package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BctrlBrowser
@ExtendWith(KiteShop.class)
class CatalogueBrowserIT {
    private static final Pattern PRODUCTS = Pattern.compile(".*/api/products.*");

    @Test
    void showsAllKites(Page page, ShopServer shop) {
        page.navigate(shop.url());

        assertThat(page).hasTitle("Kites for every wind - Kite Shop");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("8 kites");
        assertThat(kites(page)).hasCount(8);
    }

    @ParameterizedTest(name = "\"{0}\" finds {1}")
    @CsvSource({"delta,Delta One", "TWO LINES,Tango Stunt", "hargrave,Box of Wind", "jacket pocket,Pocket Sled"})
    void findsKitesWhileTyping(String words, String kite, Page page, ShopServer shop) {
        page.navigate(shop.url());

        page.getByLabel("Search kites").pressSequentially(words);

        assertThat(kites(page)).hasCount(1);
        assertThat(kites(page)).containsText(kite);
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 kite");
    }

    @Test
    void keepsTheSearchInTheAddress(Page page, ShopServer shop) {
        page.navigate(shop.url());
        page.getByLabel("Search kites").fill("submarine");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Nothing found");
        assertThat(page).hasURL(shop.url("/?q=submarine"));

        page.reload();

        assertThat(page.getByLabel("Search kites")).hasValue("submarine");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Nothing found");
    }

    @Test
    void opensAKite(Page page, ShopServer shop) {
        page.navigate(shop.url());

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Night Rokkaku"))
                .click();

        assertThat(page).hasURL(shop.url("/products/night-rokkaku"));
        assertThat(page.getByTestId("price")).hasText("€145.00");
        assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Night Rokkaku")))
                .isVisible();
    }

    @Test
    void offersToTryAgainWhenTheCatalogueIsDown(Page page, ShopServer shop) {
        page.route(PRODUCTS, Route::abort);
        page.navigate(shop.url());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not available right now");

        page.unroute(PRODUCTS);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .click();

        assertThat(kites(page)).hasCount(8);
        assertThat(page.getByRole(AriaRole.ALERT)).isHidden();
    }

    @Test
    void showsNamesAsTextAndNotAsHtml(Page page, ShopServer shop) {
        page.route(
                PRODUCTS,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                                        {"products": [{"sku": "x", "name": "<b>Bold</b> kite", "kind": "box",
                                          "price": "€1.00", "colour": "red", "accent": "blue", "wind": "any", "stock": 1}]}
                                        """)));

        page.navigate(shop.url());

        assertThat(kites(page)).containsText("<b>Bold</b> kite");
    }

    private static Locator kites(Page page) {
        return page.getByRole(
                        AriaRole.LIST,
                        new Page.GetByRoleOptions().setName("Kites").setExact(true))
                .getByRole(AriaRole.LISTITEM);
    }
}
