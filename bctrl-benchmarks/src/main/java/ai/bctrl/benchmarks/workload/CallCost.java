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
import java.util.concurrent.Callable;

/** Takes the time of calls of a control plane, in turns. Stateless. */
final class CallCost {
    /** Cost per call shall grow no further. */
    static final double FLAT = 1.2;

    private CallCost() {}

    /** A call. */
    @FunctionalInterface
    interface Call {
        void make() throws Exception;

        /** Of how many things it spoke the last time, each of which has its share of the time. */
        default int items() {
            return 1;
        }
    }

    /** {@return a call for a list, of which the time of each item is of interest} */
    static Call each(Callable<? extends List<?>> call) {
        return new Call() {
            private int items = 1;

            @Override
            public void make() throws Exception {
                items = Math.max(1, call.call().size());
            }

            @Override
            public int items() {
                return items;
            }
        };
    }

    /** A call and where its time belongs. */
    private record Placed(String name, double x, Call call) {}

    /**
     * Makes all calls in turns, each at all places one after the other, and adds the median of each round.
     *
     * @param places calls by their places on the axis, each with those of the others or some of them
     * @param warmUp rounds of which nothing is kept: what is new to a JVM takes several times as long
     * @param rounds how many samples each call gets
     * @param times how often each call is made for a sample
     */
    static void measure(Map<Integer, Map<String, Call>> places, int warmUp, int rounds, int times, Samples samples)
            throws Exception {
        List<Placed> all = new ArrayList<>();
        for (String name : places.values().iterator().next().keySet()) {
            places.forEach((x, calls) -> {
                Call call = calls.get(name);
                if (call != null) {
                    all.add(new Placed(name, x, call));
                }
            });
        }
        for (int round = -warmUp; round < rounds; round++) {
            Map<Placed, List<Double>> millis = new LinkedHashMap<>();
            for (int i = 0; i < times; i++) {
                for (Placed placed : all) {
                    long start = System.nanoTime();
                    placed.call().make();
                    millis.computeIfAbsent(placed, first -> new ArrayList<>())
                            .add((System.nanoTime() - start)
                                    / 1e6
                                    / placed.call().items());
                }
            }
            if (round >= 0) {
                millis.forEach((placed, taken) -> samples.add(placed.name(), "ms", placed.x(), Median.of(taken)));
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
