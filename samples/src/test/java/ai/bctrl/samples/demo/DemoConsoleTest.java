package ai.bctrl.samples.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlLauncherListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;

class DemoConsoleTest {
    private static final Outcome PASSED = new Outcome(
            List.of("CartBrowserIT", "with two kites"),
            "showsTheSumOfAllLinesOfTheCartAlsoWhenThereAreVeryManyOfThem",
            TestExecutionResult.successful(),
            Duration.ofMillis(1234),
            Map.of(
                    BctrlLauncherListener.RUN_ID, "0f8fad5b-d9cb-469f-a165-70867728950e",
                    BctrlLauncherListener.PHASES,
                            "space 1 ms, create 212 ms, connection 4 ms, connect 31 ms, context 5 ms, page 57 ms, body 612 ms"));

    @Test
    void fitsATestIntoTheWidth() {
        String line = written(UTF_8, false).lines().skip(1).findFirst().orElseThrow();

        assertThat(line.length()).isLessThanOrEqualTo(DemoConsole.WIDTH);
        assertThat(line)
                .startsWith("    \u2714 showsTheSum")
                .contains("1.23 s  0f8fad5b  ")
                .endsWith("create 212, page 57 ms");
    }

    @Test
    void writesPlainTextWhereTheCharsetHasNoMarks() {
        assertThat(written(US_ASCII, false))
                .startsWith("  CartBrowserIT > with two kites")
                .contains("    ok   shows");
    }

    @Test
    void colorsOnlyWhenAsked() {
        assertThat(written(UTF_8, false)).doesNotContain("\u001b");
        assertThat(written(UTF_8, true)).contains("\u001b[32m\u2714\u001b[0m");
    }

    @ParameterizedTest
    @CsvSource({"12,12 B", "2048,2.0 KB", "5242880,5.0 MB"})
    void writesSizesForPeople(long bytes, String text) {
        assertThat(DemoConsole.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "'create 5 ms',create 5 ms", "'a 1 ms, b 22 ms, c 333 ms','b 22, c 333 ms'"})
    void leavesOutTheShortestPhases(String phases, String text) {
        assertThat(DemoConsole.phases(phases, 14)).isEqualTo(text);
    }

    private static String written(Charset charset, boolean color) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DemoConsole(new PrintStream(bytes, true, charset), charset, color).test(PASSED);
        return bytes.toString(charset);
    }
}
