package ai.bctrl.samples.plain;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.Run;
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

/**
 * Reads the prices of Kite Shop with a managed browser, from an ordinary program: the control plane runs in this JVM, and
 * afterwards the record of the run is still there.
 */
public final class WithoutJUnit {
    private WithoutJUnit() {}

    /**
     * Prints the name and price of each kite, and then what is on record of the run.
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
                        .build();
                BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client))) {
            String runId;
            try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
                runId = session.lease().runId();
                printKites(session.page(), shop);
            }
            if (runId != null) {
                Run run = client.runs().get(runId);
                System.out.println("run " + run.id() + " is " + run.status().wireName());
            }
        }
    }

    private static void printKites(Page page, ShopServer shop) {
        page.navigate(shop.url());
        Locator kites = page.getByLabel("Kites", new Page.GetByLabelOptions().setExact(true))
                .locator("li");
        kites.first().waitFor();
        for (Locator kite : kites.all()) {
            String name = kite.locator("h3").textContent();
            String price = kite.locator("strong").textContent();
            System.out.println(name + ": " + price);
        }
    }
}
