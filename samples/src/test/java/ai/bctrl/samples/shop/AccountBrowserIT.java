package ai.bctrl.samples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@ShopTest
class AccountBrowserIT {
    @Test
    void greetsAfterSigningIn(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/account");
        assertThat(page).hasURL(shop.url("/login?next=/account"));

        shopper.signIn("ada", "high-as-a-kite");

        assertThat(shopper.heading()).hasText("Welcome back, Ada Lovelace!");
        assertThat(page).hasURL(shop.url("/account"));
    }

    @Test
    void refusesAWrongPassword(Page page, ShopServer shop) {
        new Shopper(page, shop).open("/login").signIn("ada", "sunk");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("We do not know this user name");
        assertThat(page.getByLabel("User name")).hasValue("ada");
        assertThat(page.getByLabel("Password")).isEmpty();
    }

    @Test
    void keepsTheAccountWhenTheQuestionIsDismissed(Page page, ShopServer shop) {
        Shopper shopper = new Shopper(page, shop).open("/account").signIn("ada", "high-as-a-kite");
        List<String> questions = new ArrayList<>();
        page.onDialog(dialog -> {
            questions.add(dialog.type() + ": " + dialog.message());
            dialog.dismiss();
        });

        shopper.click("Delete account");

        Assertions.assertThat(questions).containsExactly("confirm: Do you really want to delete your account?");
        page.reload();
        assertThat(shopper.heading()).hasText("Welcome back, Ada Lovelace!");
    }

    @Test
    void deletesTheAccountWhenTheQuestionIsAccepted(Page page) throws IOException {
        try (ShopServer ownShop = ShopServer.start()) {
            Shopper shopper = new Shopper(page, ownShop).open("/account").signIn("ada", "high-as-a-kite");
            page.onDialog(Dialog::accept);

            shopper.click("Delete account");

            assertThat(shopper.heading()).hasText("Goodbye");
            shopper.open("/login").signIn("ada", "high-as-a-kite");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("We do not know this user name");
        }
    }
}
