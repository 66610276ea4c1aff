package ai.bctrl.benchmarks.measure;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one variant took. Immutable.
 *
 * @param variant its name
 * @param points by their places on the axis; empty where the variant was left out
 * @param leftOut why it was left out, or what ended it; null where all went well
 */
public record Series(
        String variant, List<Point> points, @Nullable String leftOut) {
    /** Copies the list. */
    public Series {
        points = List.copyOf(points);
    }

    /** {@return the point at the place, or null} */
    public @Nullable Point at(@Nullable Double x) {
        return points.stream()
                .filter(point -> Objects.equals(point.x(), x))
                .findFirst()
                .orElse(null);
    }
}
