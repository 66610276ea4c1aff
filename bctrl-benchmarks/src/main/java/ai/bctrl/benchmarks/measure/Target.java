package ai.bctrl.benchmarks.measure;

/**
 * A ratio that a variant shall keep. Immutable.
 *
 * @param variant name of the variant
 * @param limit the ratio to the peer: at most this where less is better, at least this where more is better
 */
public record Target(String variant, double limit) {}
