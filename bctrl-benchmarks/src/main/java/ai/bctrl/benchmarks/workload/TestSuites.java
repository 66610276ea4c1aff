package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Target;
import ai.bctrl.benchmarks.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whole JVMs that run the same tests: 50 trivial ones, 20 realistic ones, or a single one. Stateless. */
final class TestSuites implements Workload {
    private static final String WALL = "wall";
    private static final String TEST = "test";
    private static final String USABLE = "usable";

    private final String id;
    private final String what;
    private final Suite.Body body;
    private final int tests;
    private final List<Target> targets;

    private TestSuites(String id, String what, Suite.Body body, int tests, List<Target> targets) {
        this.id = id;
        this.what = what;
        this.body = body;
        this.tests = tests;
        this.targets = targets;
    }

    private static final List<Target> EACH_TEST =
            List.of(new Target(Ours.CONTEXT_POOL, 1.00), new Target(Ours.PROCESS_POOL, 1.25));

    static TestSuites trivial() {
        return new TestSuites("a", "50 trivial tests", Suite.Body.TRIVIAL, 50, EACH_TEST);
    }

    static TestSuites realistic() {
        return new TestSuites("b", "20 realistic tests", Suite.Body.REALISTIC, 20, EACH_TEST);
    }

    static TestSuites coldStart() {
        return new TestSuites(
                "c",
                "one test, cold start",
                Suite.Body.TRIVIAL,
                1,
                List.of(
                        new Target(Ours.PROCESS, 0.70),
                        new Target(Ours.PROCESS_POOL, 0.70),
                        new Target(Ours.CONTEXT_POOL, 0.70)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return what + ", in JVMs of their own";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        int count = tests == 1 ? 1 : context.by(2, tests, tests);
        Samples samples = new Samples();
        try (Suites suites = new Suites(context)) {
            context.interleaved()
                    .run(
                            suites.variants(
                                    null,
                                    body,
                                    count,
                                    1,
                                    times -> Map.of(
                                            WALL, times.wallMillis() / count,
                                            TEST, times.testMillis(1),
                                            USABLE, times.usableMillis(1))),
                            context.by(0, 0, 1),
                            context.rounds(1, 3, tests == 1 ? 15 : 9),
                            null,
                            samples);
        }
        List<Result> results = new ArrayList<>();
        results.add(result(
                "wall",
                (tests == 1 ? "Cold start: " : "") + "wall time of a JVM with " + label(count)
                        + (count == 1 ? "" : ", per test"),
                samples,
                WALL,
                targets));
        if (tests > 1) {
            results.add(
                    result("test", label(count) + ": time of one test once the JVM is warm", samples, TEST, List.of()));
            results.add(result(
                    "usable",
                    label(count) + ": from the start of a test to a page it can use",
                    samples,
                    USABLE,
                    List.of()));
        }
        return results;
    }

    private String label(int count) {
        return count == 1 ? "one test" : count + " " + body.name().toLowerCase(Locale.ROOT) + " tests";
    }

    private Result result(String metric, String title, Samples samples, String key, List<Target> wanted) {
        return new Result(
                id + "-" + metric, title, "ms", false, Suites.USE_PLAYWRIGHT, wanted, null, samples.series(key));
    }
}
