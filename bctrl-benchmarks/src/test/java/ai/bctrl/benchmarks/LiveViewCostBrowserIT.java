package ai.bctrl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** It measures; how much is for people to judge, on a quiet machine. But a page that rests sends no pictures on any machine. */
@Timeout(180)
class LiveViewCostBrowserIT {
    @Test
    void measuresAPageThatAnimatesAndOneThatRests() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveViewCost.measure(3, Duration.ofSeconds(2), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("from a change to the picture in the viewer: median "))
                .anyMatch(line -> line.matches("rests, watched +0\\.0 .*"))
                .noneMatch(line -> line.matches("animates, watched +0\\.0 .*"));
    }
}
