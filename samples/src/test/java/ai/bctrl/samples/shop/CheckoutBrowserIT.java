package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShopTest
class CheckoutBrowserIT {
    @BeforeEach
    void fillTheCart(Page page, ShopServer shop) {
        new Shopper(page, shop).addToCart("delta-one", 1);
    }

    @Test
    void buysAKite(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).fillCheckout();
        page.getByLabel("Express, next day").check();

        shopper.placeOrder();

        assertThat(shopper.heading()).hasText("Thank you, Ada Lovelace!");
        assertThat(page.getByLabel("Confirmation number")).hasText(shopper.orderNumber());
        assertThat(page.getByTestId("order-total")).hasText("€63.90");
        assertThat(page.getByTestId("cart-count")).hasText("0");
    }

    @Test
    void marksMissingFieldsWithoutAskingTheShop(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/checkout");

        shopper.placeOrder();

        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Please correct the marked fields.");
        assertThat(page.getByLabel("Full name")).isFocused();
        assertThat(page.getByLabel("Full name")).hasAccessibleDescription("Enter your full name.");
        assertThat(page.locator("[aria-invalid=true]")).hasCount(7);
        assertThat(page).hasURL(shop.url("/checkout"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Email, ada@nowhere, Enter an email address such as ada@example.org.",
        "Postcode, ABC, Enter a postcode of five digits.",
        "Card number, 4242 4242 4242 4241, Try 4242 4242 4242 4242. This is not a valid card number.",
        "Voucher, FREEKITE, FIRSTFLIGHT takes 10 % off. We do not know the voucher \"FREEKITE\"."
    })
    void explainsAWrongValue(String field, String value, String description, Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).fillCheckout();
        page.getByLabel(field).fill(value);

        shopper.placeOrder();

        assertThat(page.getByLabel(field)).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel(field)).hasAccessibleDescription(description);
        assertThat(page.getByLabel("Full name")).hasValue("Ada Lovelace");
    }

    @Test
    void takesAVoucher(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).fillCheckout();
        page.getByLabel("Voucher").fill("firstflight");

        shopper.placeOrder();

        assertThat(page.getByTestId("order-total")).hasText("€49.00");
    }

    @Test
    void downloadsTheInvoice(Page page, ShopServer shop) throws IOException {
        Shopper shopper = new Shopper(page, shop).fillCheckout().placeOrder();
        String number = shopper.orderNumber();

        Download download =
                page.waitForDownload(() -> page.getByText("Download invoice").click());

        Assertions.assertThat(download.suggestedFilename()).isEqualTo("invoice-" + number + ".csv");
        Assertions.assertThat(Files.readAllLines(download.path()))
                .first()
                .isEqualTo("order,article,quantity,unit price EUR,total EUR");
        Assertions.assertThat(Files.readString(download.path())).contains(number + ",\"Total\",1,53.90,53.90");
    }
}
