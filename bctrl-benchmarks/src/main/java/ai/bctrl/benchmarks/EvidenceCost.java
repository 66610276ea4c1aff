package ai.bctrl.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.bctrl.benchmarks.measure.Median;
import ai.bctrl.benchmarks.suite.FormServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What a passing test costs with evidence, compared with none: each round runs the same test once in each way, in random order,
 * in one JVM with one control plane, a browser of its own each time. Arguments: number of rounds (60 by default), evidence
 * directory, number of ways (all by default; 2 is the default way only).
 */
public final class EvidenceCost {
    private static final int WARM_UP = 5;

    /** A way to run the test, and how long that took each time. */
    private record Way(String name, Map<String, String> settings, List<Double> millis) {
        Way(String name, Map<String, String> settings) {
            this(name, settings, new ArrayList<>());
        }
    }

    private EvidenceCost() {}

    /** {@return the ways; the first one is what the others are compared with} */
    private static List<Way> ways() {
        return List.of(
                new Way("no evidence", Map.of("bctrl.evidence", "OFF")),
                new Way("all kinds on failure (default)", Map.of()),
                new Way("without network", Map.of("bctrl.evidence.network", "OFF")),
                new Way("without trace, actions, console", Map.of("bctrl.trace", "OFF")),
                new Way("trace with snapshots", Map.of("bctrl.trace", "SNAPSHOTS")),
                new Way("trace with pictures", Map.of("bctrl.trace", "PICTURES")));
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        Path evidence = Path.of(arguments.length > 1 ? arguments[1] : "target/evidence-cost");
        int ways = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ways().size();
        measure(rounds, evidence, ways().subList(0, ways), System.out);
    }

    static void measure(int rounds, Path evidence, PrintStream out) throws IOException {
        measure(rounds, evidence, ways(), out);
    }

    private static void measure(int rounds, Path evidence, List<Way> ways, PrintStream out) throws IOException {
        try (FormServer server = new FormServer();
                LauncherSession session = LauncherFactory.openSession()) {
            System.setProperty(FormTest.URL, server.url());
            Random random = new Random(1);
            for (int round = -WARM_UP; round < rounds; round++) {
                List<Way> order = new ArrayList<>(ways);
                Collections.shuffle(order, random);
                for (Way way : order) {
                    double millis = run(session, way.settings(), evidence);
                    if (round >= 0) {
                        way.millis().add(millis);
                    }
                }
            }
        }
        print(ways, rounds, out);
    }

    private static double run(LauncherSession session, Map<String, String> settings, Path evidence) {
        Map<String, String> parameters = new HashMap<>(settings);
        parameters.put("bctrl.evidenceDirectory", evidence.toString());
        Stopwatch stopwatch = new Stopwatch();
        session.getLauncher()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(FormTest.class))
                                .configurationParameters(parameters)
                                .build(),
                        stopwatch);
        return stopwatch.millis();
    }

    private static void print(List<Way> ways, int rounds, PrintStream out) {
        List<Double> base = ways.get(0).millis();
        out.printf(Locale.ROOT, "%-34s %9s %9s   (%d rounds)%n", "a passing test with", "median", "ratio", rounds);
        for (Way way : ways) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ratios.add(way.millis().get(i) / base.get(i));
            }
            out.printf(Locale.ROOT, "%-34s %6.0f ms %9.3f%n", way.name(), Median.of(way.millis()), Median.of(ratios));
        }
    }

    /** Takes the time of the test, from before its browser is asked for until after it is given back. */
    private static final class Stopwatch implements TestExecutionListener {
        private long start;
        private long took;

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                start = System.nanoTime();
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                took = System.nanoTime() - start;
            }
            result.getThrowable().ifPresent(failure -> {
                throw new IllegalStateException("the test must pass", failure);
            });
        }

        double millis() {
            if (took == 0) {
                throw new IllegalStateException("the test did not run or did not pass");
            }
            return took / 1e6;
        }
    }
}
