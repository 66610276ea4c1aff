package ai.bctrl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** It measures; how much is for people to judge, on a quiet machine. */
@Timeout(180)
class ObservationCostBrowserIT {
    @Test
    void comparesEachWayWithNoObservation() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObservationCost.measure(1, 0, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("observation off ") && line.endsWith(" 1.000"))
                .anyMatch(line -> line.startsWith("events and tap "));
    }
}
