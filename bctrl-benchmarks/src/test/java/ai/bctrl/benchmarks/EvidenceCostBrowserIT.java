package ai.bctrl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** It measures; how much is for people to judge, on a quiet machine. */
@Timeout(180)
class EvidenceCostBrowserIT {
    @Test
    void comparesEachWayWithNoEvidence(@TempDir Path evidence) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EvidenceCost.measure(1, evidence, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("no evidence ") && line.endsWith(" 1.000"))
                .anyMatch(line -> line.startsWith("all kinds on failure (default) "));
    }
}
