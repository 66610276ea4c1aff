package ai.bctrl.samples.serve;

import ai.bctrl.BctrlClient;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import ai.bctrl.samples.shop.ShopServer;
import com.microsoft.playwright.Page;
import java.io.IOException;

/**
 * Fills a cart with a browser of a control plane that runs elsewhere, such as {@code ./bctrl serve} on this machine.
 *
 * <p>Its address is in the environment variable {@code BCTRL_BASE_URL}, its key in {@code BCTRL_API_KEY}. The shop listens
 * on loopback, so the control plane has to be on this machine too.
 */
public final class AgainstServe {
    private AgainstServe() {}

    /**
     * Prints the run that records it, and at the end what the cart costs.
     *
     * @param args none
     * @throws IOException if the shop cannot start
     */
    public static void main(String[] args) throws IOException {
        RuntimeSpec spec = RuntimeSpec.builder()
                .name("AgainstServe")
                .metadata("sample", "serve")
                .build();
        try (ShopServer shop = ShopServer.start();
                BctrlClient client = BctrlClient.fromEnv();
                BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
                BrowserSession session = playwright.open(spec)) {
            System.out.println("a browser of " + client.origin() + ", run "
                    + session.lease().runId());
            Page page = session.page();
            page.navigate(shop.url("/products/sky-diamond"));
            page.getByLabel("Quantity").fill("2");
            page.getByText("Add to cart").click();
            page.getByText("added to your cart").waitFor();
            page.navigate(shop.url("/cart"));
            System.out.println("in the cart: " + page.getByTestId("cart-total").textContent());
        }
    }
}
