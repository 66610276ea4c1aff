package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Target;
import ai.bctrl.benchmarks.measure.Variant;
import ai.bctrl.benchmarks.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From asking for a page to one that can be used. The yardstick is {@code browser.newContext().newPage()} on an open browser, which
 * is what {@code @UsePlaywright} does for each test but the first; the JVMs are warm after the first tests. The tests are realistic
 * ones, in which there is time to make the next browser ready; how it is without that time the trivial tests show. Stateless.
 */
final class PageOpening implements Workload {
    private static final String USABLE = "usable";

    PageOpening() {}

    @Override
    public String id() {
        return "d";
    }

    @Override
    public String title() {
        return "from acquire to a usable page";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        int tests = context.by(3, 12, 20);
        Samples samples = new Samples();
        try (Suites suites = new Suites(context)) {
            List<Variant> variants = new ArrayList<>(suites.variants(
                    null, Suite.Body.REALISTIC, tests, 1, times -> Map.of(USABLE, times.usableMillis(1))));
            variants.removeIf(variant -> variant.name().equals(Suites.USE_PLAYWRIGHT_UNPACKED));
            context.interleaved().run(variants, 0, context.rounds(1, 3, 9), null, samples);
        }
        return List.of(new Result(
                "d-usable",
                "From the start of a test to a page it can use, warm JVM",
                "ms",
                false,
                Suites.USE_PLAYWRIGHT,
                List.of(new Target(Ours.PROCESS_POOL, 1.2), new Target(Ours.CONTEXT_POOL, 1.2)),
                null,
                samples.series(USABLE)));
    }
}
