package ai.bctrl.benchmarks.measure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one variant in one place. Immutable.
 *
 * @param x the place on the axis, such as a number of runtimes; null where the result has no axis
 * @param samples at least one, in the order of the rounds
 */
public record Point(@Nullable Double x, List<Double> samples) {
    /** Copies the list. */
    public Point {
        samples = List.copyOf(samples);
    }

    /** {@return the median} */
    public double median() {
        return Median.of(samples);
    }

    /** {@return what a tenth of the samples does not exceed} */
    public double p10() {
        return Median.percentile(samples, 10);
    }

    /** {@return what a tenth of the samples exceeds} */
    public double p90() {
        return Median.percentile(samples, 90);
    }
}
