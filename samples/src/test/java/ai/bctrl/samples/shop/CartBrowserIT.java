package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@ShopTest
class CartBrowserIT {
    @Test
    void startsEmpty(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/cart");

        assertThat(shopper.heading()).hasText("Your cart");
        assertThat(page.getByText("Your cart is empty")).isVisible();
    }

    @Test
    void refusesMoreThanThereIs(Page page, ShopServer shop) {
        new Shopper(page, shop).open("/products/box-of-wind");

        page.getByLabel("Quantity").fill("21");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add to cart"))
                .click();

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Only 20 pieces of Box of Wind are left.");
        assertThat(page.getByTestId("cart-count")).hasText("0");
    }

    @Test
    void belongsToOneVisitor(Page page, BrowserContext context, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).addToCart("pocket-sled", 1);
        assertThat(page.getByTestId("cart-count")).hasText("1");

        context.clearCookies();
        shopper.open("/cart");

        assertThat(page.getByText("Your cart is empty")).isVisible();
    }

    @Nested
    @DisplayName("with two kites")
    class WithTwoKites {
        @BeforeEach
        void fill(Page page, ShopServer shop) {
            new Shopper(page, shop)
                    .addToCart("delta-one", 1)
                    .addToCart("line-winder", 2)
                    .open("/cart");
        }

        @Test
        void showsTheSum(Page page) {
            assertThat(page.getByTestId("cart-count")).hasText("3");
            assertThat(page.getByTestId("cart-total")).hasText("€68.80");
        }

        @Test
        void changesAQuantity(Page page) {
            page.getByLabel("Quantity of Delta One").fill("3");
            page.getByLabel("Update Delta One").click();

            assertThat(page.getByTestId("cart-total")).hasText("€166.80");
        }

        @Test
        void removesALine(Page page) {
            page.getByLabel("Remove Line Winder").click();

            assertThat(page.getByTestId("cart-total")).hasText("€49.00");
            assertThat(page.getByText("Line Winder")).hasCount(0);
        }
    }
}
