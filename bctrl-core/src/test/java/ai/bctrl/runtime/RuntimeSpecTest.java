package ai.bctrl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeSpecTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 59, 7201})
    void refusesAConnectionTtlOutOfItsBounds(int seconds) {
        assertThatThrownBy(() -> RuntimeSpec.builder()
                        .connectionTtl(Duration.ofSeconds(seconds))
                        .build())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("connectionTtl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "nonsense", "ws:", "ws://a b/?token=hunter2"})
    void refusesWhatIsNoCdpUrlWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> new CdpUrlRuntimeProvider(url))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aFixedBrowserKeepsItsAddressOutOfItsText() {
        RuntimeLease lease =
                new CdpUrlRuntimeProvider("ws://127.0.0.1:9222/x?token=hunter2").acquire(RuntimeSpec.defaults());

        assertThat(lease.cdpUrl()).endsWith("hunter2");
        assertThat(lease.toString()).isEqualTo("Lease[cdp:127.0.0.1:9222]");
    }
}
