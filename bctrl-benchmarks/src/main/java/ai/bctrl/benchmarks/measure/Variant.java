package ai.bctrl.benchmarks.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to do the work that is measured. Immutable.
 *
 * @param name for people, unique among the variants of a result
 * @param leftOut why it cannot be measured here; null where it can
 * @param measurement measures once
 */
public record Variant(String name, @Nullable String leftOut, Measurement measurement) {
    /** Measures once. */
    @FunctionalInterface
    public interface Measurement {
        /** {@return what was measured, by metric} */
        Map<String, Double> run() throws Exception;
    }

    /** {@return a variant that can be measured} */
    public static Variant of(String name, Measurement measurement) {
        return new Variant(name, null, measurement);
    }

    /** {@return a variant that cannot be measured} */
    public static Variant without(String name, String reason) {
        return new Variant(name, reason, Map::of);
    }
}
