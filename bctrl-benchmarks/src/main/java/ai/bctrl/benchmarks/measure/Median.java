package ai.bctrl.benchmarks.measure;

import java.util.List;

/** The middle of what was measured. */
public final class Median {
    private Median() {}

    /**
     * {@return the value in the middle; the mean of the two in the middle where there are two}
     *
     * @throws IllegalArgumentException without values
     */
    public static double of(List<Double> values) {
        return percentile(values, 50);
    }

    /**
     * {@return the value that so many of a hundred do not exceed, interpolated}
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException without values
     */
    public static double percentile(List<Double> values, double percent) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = values.stream().sorted().toList();
        double place = percent / 100 * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        double lower = sorted.get(below);
        double upper = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return lower + (place - below) * (upper - lower);
    }
}
