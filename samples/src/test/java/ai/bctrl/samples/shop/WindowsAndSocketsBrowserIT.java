package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@ShopTest
class WindowsAndSocketsBrowserIT {
    @Test
    void opensHelpInAWindowOfItsOwn(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/");

        Page help = page.waitForPopup(() -> shopper.click("Help"));

        assertThat(help).hasTitle("Help - Kite Shop");
        help.waitForClose(() -> clickThatClosesItsPage(help.getByText("Close help")));
        assertThat(shopper.heading()).hasText("Kites for every wind");
    }

    /** The page may be gone before the answer to the click is here. */
    private static void clickThatClosesItsPage(Locator button) {
        try {
            button.click();
        } catch (PlaywrightException gone) {
            Assertions.assertThat(gone).hasMessageContaining("has been closed");
        }
    }

    @Test
    void showsTheStockThatOthersLeave(Page page) throws IOException, InterruptedException {
        try (ShopServer ownShop = ShopServer.start()) {
            WebSocket socket = page.waitForWebSocket(() -> page.navigate(ownShop.url("/products/tango-stunt")));
            Assertions.assertThat(socket.url()).endsWith("/api/stock");
            assertThat(page.getByTestId("stock")).hasText("20");

            buySomewhereElse(ownShop, "tango-stunt", "7");

            assertThat(page.getByTestId("stock")).hasText("13");
        }
    }

    @Test
    void connectsAgainAfterTheSocketBroke(Page page, ShopServer shop) {
        page.routeWebSocket("**/api/stock", route -> route.close());
        page.navigate(shop.url());
        assertThat(page.getByText("connecting")).isVisible();

        page.routeWebSocket("**/api/stock", route -> route.connectToServer());

        assertThat(page.getByText("live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Live stock"))
                        .getByRole(AriaRole.LISTITEM))
                .hasCount(8);
    }

    private static void buySomewhereElse(ShopServer shop, String sku, String quantity)
            throws IOException, InterruptedException {
        ShopClient other = new ShopClient(shop);
        other.post("/api/cart", Map.of("sku", sku, "quantity", quantity));
        int status = other.post(
                        "/checkout",
                        Map.of(
                                "name", "Grace Hopper",
                                "email", "grace@example.org",
                                "street", "Harbour 1",
                                "postcode", "54321",
                                "city", "Arlington",
                                "card", "4242424242424242",
                                "terms", "yes"))
                .statusCode();
        Assertions.assertThat(status).isEqualTo(303);
    }
}
