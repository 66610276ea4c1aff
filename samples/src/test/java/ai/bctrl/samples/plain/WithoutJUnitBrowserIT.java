package ai.bctrl.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.samples.SampleProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WithoutJUnitBrowserIT {
    @Test
    void readsThePrices() throws Exception {
        try (SampleProcess sample = SampleProcess.start(WithoutJUnit.class.getName(), Map.of())) {
            assertThat(sample.awaitExit(Duration.ofSeconds(90)))
                    .as(sample::output)
                    .isZero();

            assertThat(sample.output()).contains("Delta One: €49.00", "Line Winder: €9.90");
        }
    }
}
