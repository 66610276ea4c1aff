package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Variant;
import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.benchmarks.suite.Suite;
import ai.bctrl.benchmarks.suite.SuiteJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All ways to run the same tests in a JVM of their own: peers and ours. Closed by whoever made it; use from one thread. */
final class Suites implements AutoCloseable {
    static final String USE_PLAYWRIGHT = "@UsePlaywright";
    static final String USE_PLAYWRIGHT_UNPACKED = "@UsePlaywright, unpacked driver";
    static final String LAUNCH = "Playwright launch() per test";

    private static final int PLACES = 32;

    /** Plain tests in place of parameterized ones with a single invocation. */
    private static final Map<String, String> SINGLE =
            Map.of("ManagedCases", "ManagedCase", "UsePlaywrightCases", "UsePlaywrightCase");

    private final BenchContext context;
    private final ServeJvm serve;

    /** What is made of the times of a run. */
    @FunctionalInterface
    interface Metrics {
        /** {@return what is kept, by metric} */
        Map<String, Double> of(SuiteJvm.Times times);
    }

    Suites(BenchContext context) throws IOException {
        this.context = context;
        this.serve = ServeJvm.start(
                List.of("--chromium", context.chromium().toString(), "--max-runtimes", Integer.toString(PLACES)));
    }

    /**
     * {@return the variants}
     *
     * @param names which ones, in this order; all if null
     */
    List<Variant> variants(@Nullable List<String> names, Suite.Body body, int tests, int threads, Metrics metrics) {
        Map<String, Variant> all = new LinkedHashMap<>();
        Map<String, String> common = Map.of(
                Suite.URL, context.url(),
                Suite.BODY, body.name(),
                Suite.CHROMIUM, context.chromium().toString());
        add(all, USE_PLAYWRIGHT, "UsePlaywrightCases", common, tests, threads, metrics);
        Map<String, String> unpacked = new LinkedHashMap<>(common);
        String driver = UnpackedDriver.find();
        unpacked.put("playwright.cli.dir", String.valueOf(driver));
        if (driver == null) {
            all.put(
                    USE_PLAYWRIGHT_UNPACKED,
                    Variant.without(USE_PLAYWRIGHT_UNPACKED, "no driver is unpacked in the user's cache yet"));
        } else {
            add(all, USE_PLAYWRIGHT_UNPACKED, "UsePlaywrightCases", unpacked, tests, threads, metrics);
        }
        add(all, LAUNCH, "LaunchCases", common, tests, threads, metrics);
        Peers.all(context).forEach((name, peer) -> all.put(name, peer.variant(common, tests, threads, metrics)));
        for (Ours ours : Ours.all()) {
            String lacks = ours.lacks();
            if (lacks != null) {
                all.put(ours.name(), Variant.without(ours.name(), lacks));
                continue;
            }
            Map<String, String> properties = new LinkedHashMap<>(common);
            properties.putAll(ours.properties(serve, context.work().resolve("evidence"), context.chromium()));
            add(all, ours.name(), "ManagedCases", properties, tests, threads, metrics);
        }
        for (String wanted : context.variants()) {
            if (!all.containsKey(wanted)) {
                throw new IllegalArgumentException("--variants: nothing is called '" + wanted + "'; there are: "
                        + String.join("; ", all.keySet()));
            }
        }
        List<Variant> chosen = new ArrayList<>(all.values());
        if (names != null) {
            chosen.removeIf(variant -> !names.contains(variant.name()));
        }
        chosen.removeIf(variant -> !isWanted(variant.name()));
        return chosen;
    }

    /** Nothing says anything without the yardstick. */
    private boolean isWanted(String name) {
        return context.variants().isEmpty()
                || name.equals(USE_PLAYWRIGHT)
                || context.variants().contains(name);
    }

    private void add(
            Map<String, Variant> all,
            String name,
            String testClass,
            Map<String, String> properties,
            int tests,
            int threads,
            Metrics metrics) {
        String suite = tests == 1 ? SINGLE.getOrDefault(testClass, testClass) : testClass;
        SuiteJvm jvm = SuiteJvm.of(suite, context.jvm(), properties, context.work());
        all.put(name, Variant.of(name, () -> metrics.of(jvm.run(tests, threads))));
    }

    @Override
    public void close() {
        serve.close();
    }
}
