package ai.bctrl.local.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

    @ParameterizedTest
    @CsvSource({
        "Runtime.evaluate, PAGE",
        "Page.navigate, PAGE",
        "Fetch.enable, PAGE",
        "Target.createTarget, LOOK",
        "Browser.close, LOOK",
        "Storage.getCookies, LOOK",
        "Tracing.start, REFUSE",
        "SystemInfo.getInfo, REFUSE",
        "Tethering.bind, REFUSE",
        "Extensions.loadUnpacked, REFUSE",
        "Emulation.addScreen, REFUSE",
        "Memory.simulatePressureNotification, REFUSE",
        "NotYetInvented.anything, REFUSE",
        "nonsense, REFUSE",
        "Target, REFUSE"
    })
    void knowsWhatACommandReaches(String method, Policy.Handling handling) {
        assertThat(Policy.of(method)).isEqualTo(handling);
    }
}
