package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Median;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Series;
import ai.bctrl.benchmarks.measure.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the time of calls of a control plane, in turns. Stateless. */
final class CallCost {
    /** Cost per call shall grow no further. */
    static final double FLAT = 1.2;

    private CallCost() {}

    /** A call. */
    @FunctionalInterface
    interface Call {
        void make() throws Exception;
    }

    /**
     * Makes all calls in turns, and adds the median of each round.
     *
     * @param rounds how many samples each call gets
     * @param times how often each call is made for a sample
     */
    static void measure(Map<String, Call> calls, int rounds, int times, double x, Samples samples) throws Exception {
        for (int round = -1; round < rounds; round++) {
            Map<String, List<Double>> millis = new LinkedHashMap<>();
            for (int i = 0; i < times; i++) {
                for (Map.Entry<String, Call> call : calls.entrySet()) {
                    long start = System.nanoTime();
                    call.getValue().make();
                    millis.computeIfAbsent(call.getKey(), first -> new ArrayList<>())
                            .add((System.nanoTime() - start) / 1e6);
                }
            }
            if (round >= 0) {
                millis.forEach((name, taken) -> samples.add(name, "ms", x, Median.of(taken)));
            }
        }
    }

    /** {@return the result, in which each call is compared with itself at the first place} */
    static Result result(String id, String title, String axis, Samples samples) {
        List<Series> series = samples.series("ms");
        return new Result(
                id,
                title,
                "ms",
                false,
                null,
                series.stream().map(each -> new Target(each.variant(), FLAT)).toList(),
                axis,
                series);
    }
}
