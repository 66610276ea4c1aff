package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Target;
import ai.bctrl.benchmarks.suite.Suite;
import java.util.List;
import java.util.Map;

/** Tests per minute by the number of threads. Stateless. */
final class Throughput implements Workload {
    private static final String RATE = "tests/min";
    private static final double MILLIS_PER_MINUTE = 60_000;

    Throughput() {}

    @Override
    public String id() {
        return "h";
    }

    @Override
    public String title() {
        return "tests per minute by threads";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        List<Integer> threads = context.size() == BenchContext.Size.MINIMAL ? List.of(1, 2) : List.of(1, 2, 4, 8);
        List<String> names = List.of(
                Suites.USE_PLAYWRIGHT, Ours.PROCESS, Ours.PROCESS_POOL, Ours.CONTEXT_POOL, Ours.SERVE_CONTEXT_POOL);
        Samples samples = new Samples();
        try (Suites suites = new Suites(context)) {
            for (int each : threads) {
                int tests = context.by(2, 24, 64);
                context.interleaved()
                        .run(
                                suites.variants(
                                        names,
                                        Suite.Body.REALISTIC,
                                        tests,
                                        each,
                                        times -> Map.of(RATE, tests / times.wallMillis() * MILLIS_PER_MINUTE)),
                                0,
                                context.rounds(1, 2, 5),
                                (double) each,
                                samples);
            }
        }
        return List.of(new Result(
                "h-rate",
                "Realistic tests per minute, whole JVMs",
                RATE,
                true,
                Suites.USE_PLAYWRIGHT,
                List.of(new Target(Ours.CONTEXT_POOL, 1.0), new Target(Ours.PROCESS_POOL, 1.0)),
                "threads",
                samples.series(RATE)));
    }
}
