package ai.bctrl.benchmarks.measure;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured of several variants. Immutable.
 *
 * @param id short name, unique among the results, for example {@code a-wall}
 * @param title what was measured, for people
 * @param unit unit of the samples
 * @param moreIsBetter whether greater samples are better
 * @param peer name of the variant with which the others are compared; null to compare each with its own first place on the axis
 * @param targets ratios to keep
 * @param axis what the places on the axis count; null without an axis
 * @param series the variants
 */
public record Result(
        String id,
        String title,
        String unit,
        boolean moreIsBetter,
        @Nullable String peer,
        List<Target> targets,
        @Nullable String axis,
        List<Series> series) {
    /** Copies the lists. */
    public Result {
        targets = List.copyOf(targets);
        series = List.copyOf(series);
    }

    /**
     * {@return the ratio of a point to that of the peer: the median of the ratios of the rounds where both have the same number
     * of them, else the ratio of the medians; null where there is nothing to compare with}
     */
    public @Nullable Double ratio(Series of, Point point) {
        Point base = base(of, point);
        if (base == null || base.median() == 0) {
            return null;
        }
        if (base.samples().size() != point.samples().size() || base.samples().contains(0.0)) {
            return point.median() / base.median();
        }
        return Median.of(IntStream.range(0, point.samples().size())
                .mapToObj(i -> point.samples().get(i) / base.samples().get(i))
                .toList());
    }

    private @Nullable Point base(Series of, Point point) {
        if (peer == null) {
            return of.points().get(0);
        }
        return series.stream()
                .filter(candidate -> candidate.variant().equals(peer))
                .findFirst()
                .map(found -> found.at(point.x()))
                .orElse(null);
    }

    /** {@return the target of a variant, or null} */
    public @Nullable Target target(String variant) {
        return targets.stream()
                .filter(target -> target.variant().equals(variant))
                .findFirst()
                .orElse(null);
    }

    /** {@return whether a target's ratio is kept everywhere; null where it could not be measured} */
    public @Nullable Boolean isReached(Target target) {
        Series found = series.stream()
                .filter(candidate -> candidate.variant().equals(target.variant()))
                .findFirst()
                .orElse(null);
        if (found == null || found.points().isEmpty()) {
            return null;
        }
        List<Double> ratios = found.points().stream()
                .map(point -> ratio(found, point))
                .filter(Objects::nonNull)
                .toList();
        return ratios.isEmpty()
                ? null
                : ratios.stream().allMatch(ratio -> moreIsBetter ? ratio >= target.limit() : ratio <= target.limit());
    }
}
