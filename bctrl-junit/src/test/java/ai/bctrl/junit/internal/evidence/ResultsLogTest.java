package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.runtime.PhaseTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsLogTest {

    @TempDir
    Path run;

    private static ResultsLog.Result passed(String method) {
        return new ResultsLog.Result(
                new TestName("shop.CheckoutTest", method, List.of(), false, "[x]", method + "()"),
                "passed",
                Instant.EPOCH,
                Duration.ofMillis(5),
                PhaseTimes.none(),
                null,
                null,
                null,
                null);
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    @Test
    void writesALineForEachTest() throws IOException {
        ResultsLog log = new ResultsLog(run);

        log.add(passed("buys"));
        log.add(passed("pays"));

        assertThat(lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"buys\""),
                        second -> assertThat(second).contains("\"pays\""));
    }

    @Test
    void writesOnAnInterruptedThreadWhichStaysInterrupted() throws IOException {
        ResultsLog log = new ResultsLog(run);

        Thread.currentThread().interrupt();
        log.add(passed("buys"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).hasSize(1);
    }
}
