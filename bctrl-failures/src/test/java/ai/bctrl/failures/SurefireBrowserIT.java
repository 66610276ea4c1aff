package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No bundle is lost or shared, whichever JUnit there is and however Surefire runs the tests. {@code -Dbctrl.matrix=full}
 * tries all combinations, which takes half an hour, and {@code -Dbctrl.matrix=6.1.3} those with that JUnit.
 */
class SurefireBrowserIT {
    /** How many tests of the suite pass with a browser at least, the one that fails first not counted. */
    private static final int PASSING = 5;

    private static final List<String> JUNITS = List.of("5.12.2", "5.13.4", "5.14.4", "6.1.3");

    static Stream<SurefireRun> runs() {
        String matrix = System.getProperty("bctrl.matrix", "");
        if (matrix.isEmpty()) {
            return JUNITS.stream().map(junit -> new SurefireRun(junit, 1, 2, true, 4));
        }
        List<SurefireRun> all = new ArrayList<>();
        for (String junit : matrix.equals("full") ? JUNITS : List.of(matrix)) {
            for (int reruns : new int[] {0, 1}) {
                for (int forks : new int[] {1, 2}) {
                    for (boolean reuse : new boolean[] {true, false}) {
                        for (int threads : new int[] {1, 4}) {
                            all.add(new SurefireRun(junit, reruns, forks, reuse, threads));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachFailedAttemptHasABundleOfItsOwn(SurefireRun run) throws IOException, InterruptedException {
        SurefireResult result = run.run("*Test");
        assertThat(result.exitCode()).as(result.log()).isZero();
        assertThat(result.log()).doesNotContain("LinkageError", "NoSuchMethodError", "NoClassDefFoundError");
        assertThat(result.runs()).as("directories of runs").hasSize(1);

        allAreClosedOnce(Files.readAllLines(result.project().resolve("target").resolve("closing.txt")));
        assertThat(markerOf(result)).contains("\"members\":[]").contains("lastEnded");

        List<String> named = new ArrayList<>();
        for (SurefireResult.Failure failure : result.failures()) {
            Set<String> bundles = failure.bundles();
            assertThat(bundles)
                    .as(failure.toString())
                    .hasSize(failure.className().contains("WithoutBrowser") ? 0 : 1);
            named.addAll(bundles);
        }
        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(result.bundles("failure.json"));
        // Of an attempt that passes after one that failed the evidence is kept as well.
        List<String> kept = result.bundles("passed.json");
        assertThat(kept).hasSize(run.reruns()).allMatch(bundle -> bundle.contains("FlakyTest"));
        assertThat(result.bundles()).hasSize(named.size() + kept.size());
        resultsTellOf(named, result);
        // All fail however often they are run, but the flaky one.
        int failures = Suite.expected().stream()
                .mapToInt(expected -> expected.expect().failures())
                .sum();
        assertThat(named).hasSize((failures - 1) * (run.reruns() + 1) + 1);
    }

    private static void resultsTellOf(List<String> bundles, SurefireResult result) throws IOException {
        Path run = result.runs().get(0);
        ResultLines lines = ResultLines.of(run);
        assertThat(lines.keys()).doesNotHaveDuplicates();
        assertThat(lines.with("failed"))
                .map(line -> run.getFileName() + "/" + line.get("bundle").getAsString())
                .containsExactlyInAnyOrderElementsOf(bundles);
        assertThat(lines.with("passed")).hasSizeGreaterThanOrEqualTo(PASSING);
    }

    private static void allAreClosedOnce(List<String> lines) {
        List<String> opened = rest(lines, "opened ");
        assertThat(opened).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
        assertThat(rest(lines, "closed ")).containsExactlyInAnyOrderElementsOf(opened);
    }

    private static List<String> rest(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    private static String markerOf(SurefireResult result) throws IOException {
        return Files.readString(result.runs().get(0).resolve("run.json"));
    }
}
