package ai.bctrl.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@ShopTest
class RunRecordBrowserIT {
    @Test
    void knowsTheRunThatRecordsIt(BrowserSession session, RuntimeLease lease, Run run, ShopServer shop) {
        session.page().navigate(shop.url());

        assertThat(run.id()).isEqualTo(lease.runId());
        assertThat(run.runtimeId()).isEqualTo(lease.runtimeId());
        assertThat(run.status()).isEqualTo(RunStatus.ACTIVE);
    }

    @Test
    void tellsTheRunOfItsSteps(BrowserSession session, BctrlClient client, ShopServer shop) {
        // tag::steps[]
        Page page = session.page();
        session.step("add to basket", () -> {
            page.navigate(shop.url("/products/delta-one"));
            page.getByText("Add to cart").click();
        });
        session.step("see the basket", () -> {
            page.navigate(shop.url("/cart"));
        });
        // end::steps[]
        assertThat(page.getByTestId("cart-count").textContent()).isEqualTo("1");
        assertThat(stepsOf(client, session)).contains("add to basket", "see the basket");
    }

    /** A run is told without keeping the test waiting, so the steps may come a moment later. */
    private static List<String> stepsOf(BctrlClient client, BrowserSession session) {
        String runId = Objects.requireNonNull(session.lease().runId());
        List<String> steps = new ArrayList<>();
        WaitForEventRequest next = WaitForEventRequest.builder()
                .type(List.of("test.step.finished"))
                .build();
        while (steps.size() < 2) {
            WaitedEvent waited = client.runs().waitForEvent(runId, next);
            RunEvent event = Objects.requireNonNull(waited.event());
            steps.add(Objects.requireNonNull(event.data()).get("name").getAsString());
            next = WaitForEventRequest.builder()
                    .type(List.of("test.step.finished"))
                    .cursor(Objects.requireNonNull(waited.cursor()))
                    .build();
        }
        return steps;
    }
}
