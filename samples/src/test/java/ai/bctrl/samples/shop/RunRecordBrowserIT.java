package ai.bctrl.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.Run;
import ai.bctrl.model.RunStatus;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
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
}
