package ai.bctrl.samples.shop;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a customer does on the pages of the shop. */
record Shopper(Page page, ShopServer shop) {
    Shopper open(String path) {
        page.navigate(shop.url(path));
        return this;
    }

    Shopper addToCart(String sku, int quantity) {
        open("/products/" + sku);
        page.getByLabel("Quantity").fill(Integer.toString(quantity));
        click("Add to cart");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.STATUS)).containsText("added to your cart");
        return this;
    }

    /** Fills the whole checkout form with good values. */
    Shopper fillCheckout() {
        open("/checkout");
        address().forEach((label, value) -> page.getByLabel(label).fill(value));
        page.getByLabel("I accept the terms of sale").check();
        return this;
    }

    Shopper placeOrder() {
        click("Place order");
        return this;
    }

    Shopper signIn(String user, String password) {
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill(password);
        click("Sign in");
        return this;
    }

    /** The number of the order whose confirmation is shown, from the address of the page. */
    String orderNumber() {
        page.waitForURL("**/orders/*");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("Full name", "Ada Lovelace");
        address.put("Email", "ada@example.org");
        address.put("Street and number", "Windmill Lane 7");
        address.put("Postcode", "12345");
        address.put("City", "Greenwich");
        address.put("Card number", "4242 4242 4242 4242");
        return address;
    }
}
