package ai.bctrl.samples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.samples.SampleProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgainstServeBrowserIT {
    private static final String KEY = "sample-key-of-a-test";
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @Test
    void fillsACartWithABrowserOfAServerAndReadsItsEvents(@TempDir Path data) throws Exception {
        try (SampleProcess server = SampleProcess.start(
                "ai.bctrl.local.cli.LocalMain",
                Map.of("BCTRL_API_KEY", KEY),
                "serve",
                "--port",
                "0",
                "--data",
                data.toString())) {
            String listening = server.awaitLine(line -> line.startsWith("Listening on "), DEADLINE);
            Map<String, String> environment =
                    Map.of("BCTRL_BASE_URL", listening.substring("Listening on ".length()), "BCTRL_API_KEY", KEY);
            try (SampleProcess sample = SampleProcess.start(AgainstServe.class.getName(), environment)) {
                assertThat(sample.awaitExit(DEADLINE)).as(sample::output).isZero();
                assertThat(sample.output()).contains("in the cart: €49.00", " run.started");
            }
        }
    }

    @Test
    void saysWhichVariableIsMissing() throws Exception {
        try (SampleProcess sample = SampleProcess.start(AgainstServe.class.getName(), Map.of("BCTRL_API_KEY", ""))) {
            assertThat(sample.awaitExit(DEADLINE)).isNotZero();
            assertThat(sample.output()).contains("BCTRL_API_KEY");
        }
    }
}
