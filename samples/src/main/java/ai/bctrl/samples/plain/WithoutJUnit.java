package ai.bctrl.samples.plain;

import ai.bctrl.BctrlClient;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.EmbeddedControlPlane;
import ai.bctrl.runtime.RuntimeSpec;
import ai.bctrl.samples.shop.ShopServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;

/** Reads the prices of Kite Shop with a managed browser, from an ordinary program whose JVM holds the control plane. */
public final class WithoutJUnit {
    private WithoutJUnit() {}

    /**
     * Prints the name and price of each kite.
     *
     * @param args none
     * @throws IOException if the shop cannot start
     */
    public static void main(String[] args) throws IOException {
        EmbeddedControlPlane embedded = ServiceLoader.load(EmbeddedControlPlane.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("bctrl-local is not on the class path"));
        try (ShopServer shop = ShopServer.start();
                EmbeddedControlPlane.Running controlPlane = embedded.start(Map.of());
                BctrlClient client = BctrlClient.builder()
                        .baseUrl(controlPlane.baseUrl())
                        .apiKey(controlPlane.apiKey())
                        .build()) {
            printKites(client, shop.url());
        }
    }

    private static void printKites(BctrlClient client, String shopUrl) {
        // tag::session[]
        try (BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
                BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            Page page = session.page();
            page.navigate(shopUrl);
            page.getByText("8 kites").waitFor();
            for (Locator kite : page.locator("#results li").all()) {
                String name = kite.locator("h3").textContent();
                String price = kite.locator("strong").textContent();
                System.out.println(name + ": " + price);
            }
        }
        // end::session[]
    }
}
