package ai.bctrl.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Round numbers for a scale that begins with 0. Stateless. */
final class Ticks {
    private static final int MOST = 6;

    private Ticks() {}

    /** {@return a round number that is not less than the value} */
    static double nice(double value) {
        double step = step(value);
        return Math.max(1, Math.ceil(value / step)) * step;
    }

    /** {@return round numbers from 0 to the end of the scale} */
    static List<Double> linear(double max) {
        double step = step(max);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= max * 1.0001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double factor : new double[] {0.1, 0.2, 0.5, 1, 2}) {
            if (value / (power * factor) <= MOST) {
                return power * factor;
            }
        }
        return power * 5;
    }
}
