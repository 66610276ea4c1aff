package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fails on purpose, to show what is kept of a failed test: the shop has no drone, its flight control answers 503, the
 * script of the page stumbles over that answer, and the page keeps a number that no order has. Neither surefire nor
 * failsafe find this class by its name.
 */
@ShopTest
@Tag("deliberately-failing")
class DeliberatelyFailingDemo {
    @Test
    @DisplayName("a drone order shows its confirmation number")
    void droneOrderShowsItsConfirmationNumber(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).addToCart("tango-stunt", 1).fillCheckout();
        page.getByLabel("Drone, within the hour").check();

        shopper.placeOrder();

        assertThat(page.getByLabel("Confirmation number")).hasText(shopper.orderNumber());
    }
}
