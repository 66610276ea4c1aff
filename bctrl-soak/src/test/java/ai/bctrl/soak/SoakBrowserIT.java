package ai.bctrl.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The soak in its short form. {@code -Dbctrl.soakMinutes=3} makes it longer, {@code -Dbctrl.soakSeed=N} repeats a sequence of kills.
 */
class SoakBrowserIT {
    private static final int MINUTES = Integer.getInteger("bctrl.soakMinutes", 1);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void leavesNothingAndFailsOnlyOfWhatWasDoneToIt() throws Exception {
        Path runs = Files.createDirectories(Path.of(System.getProperty("bctrl.soak.runs", "target/soak")));
        Path directory = Files.createTempDirectory(runs, "run-");
        long seed = Long.getLong("bctrl.soakSeed", 5);

        assertThat(new SoakRun(new SoakOptions(Duration.ofMinutes(MINUTES), seed, directory), System.out).run())
                .isEmpty();
    }
}
