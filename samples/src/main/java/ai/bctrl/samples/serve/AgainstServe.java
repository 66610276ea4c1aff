package ai.bctrl.samples.serve;

import ai.bctrl.BctrlClient;
import ai.bctrl.EventStream;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import ai.bctrl.samples.shop.ShopServer;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Objects;

/**
 * Fills a cart with a browser of a control plane that runs elsewhere, such as {@code ./bctrl serve} on this machine, and
 * then reads what it recorded.
 *
 * <p>Its address is in the environment variable {@code BCTRL_BASE_URL}, its key in {@code BCTRL_API_KEY}. The shop listens
 * on loopback, so the browsers have to be on this machine too.
 */
public final class AgainstServe {
    private AgainstServe() {}

    /**
     * Prints what the cart costs, and the events of the run.
     *
     * @param args none
     * @throws IOException if the shop cannot start
     */
    public static void main(String[] args) throws IOException {
        String runId;
        try (ShopServer shop = ShopServer.start();
                BctrlClient client = BctrlClient.fromEnv();
                BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
                BrowserSession session = playwright.open(
                        RuntimeSpec.builder().name("AgainstServe").build())) {
            runId = Objects.requireNonNull(session.lease().runId());
            System.out.println("a browser of " + client.origin() + ", run " + runId);
            fillCart(session.page(), shop);
        }
        printEvents(runId);
    }

    private static void fillCart(Page page, ShopServer shop) {
        page.navigate(shop.url("/products/sky-diamond"));
        page.getByLabel("Quantity").fill("2");
        page.getByText("Add to cart").click();
        page.getByText("added to your cart").waitFor();
        page.navigate(shop.url("/cart"));
        System.out.println("in the cart: " + page.getByTestId("cart-total").textContent());
    }

    private static void printEvents(String runId) {
        // tag::client[]
        try (BctrlClient client = BctrlClient.fromEnv();
                EventStream events =
                        client.runs().stream(runId, EventQuery.builder().build())) {
            while (events.hasNext()) {
                RunEvent event = events.next();
                System.out.println(event.time() + " " + event.type());
            }
        }
        // end::client[]
    }
}
