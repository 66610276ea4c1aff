package ai.bctrl.benchmarks.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects samples by metric and variant. Not thread-safe. */
public final class Samples {
    private record Sample(String metric, @Nullable Double x, double value) {}

    private final Map<String, List<Sample>> byVariant = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    /** Creates an empty collection. */
    public Samples() {}

    /** Makes a variant known, so that it is shown where it measures nothing. */
    public void know(String variant) {
        byVariant.computeIfAbsent(variant, unknown -> new ArrayList<>());
    }

    /** Adds a sample. */
    public void add(String variant, String metric, @Nullable Double x, double value) {
        know(variant);
        byVariant.computeIfAbsent(variant, unknown -> new ArrayList<>()).add(new Sample(metric, x, value));
    }

    /** Says why a variant was not measured, or no further. */
    public void leaveOut(String variant, String reason) {
        know(variant);
        leftOut.putIfAbsent(variant, reason);
    }

    /** {@return whether the variant was left out} */
    public boolean isLeftOut(String variant) {
        return leftOut.containsKey(variant);
    }

    /** {@return the series of a metric; the variants in the order in which they came} */
    public List<Series> series(String metric) {
        List<Series> all = new ArrayList<>();
        byVariant.forEach((variant, samples) -> {
            List<Sample> fitting = samples.stream()
                    .filter(sample -> sample.metric().equals(metric))
                    .toList();
            String reason = leftOut.get(variant);
            if (!fitting.isEmpty() || reason != null) {
                all.add(new Series(variant, points(fitting), reason));
            }
        });
        return all;
    }

    private static List<Point> points(List<Sample> samples) {
        List<@Nullable Double> places = new ArrayList<>();
        samples.forEach(sample -> {
            if (!places.contains(sample.x())) {
                places.add(sample.x());
            }
        });
        places.sort(Comparator.nullsFirst(Comparator.naturalOrder()));
        List<Point> points = new ArrayList<>();
        for (Double place : places) {
            points.add(new Point(
                    place,
                    samples.stream()
                            .filter(sample -> Objects.equals(sample.x(), place))
                            .map(Sample::value)
                            .toList()));
        }
        return points;
    }
}
