package ai.bctrl.junit;

import org.junit.platform.engine.ConfigurationParameters;

/** How many tests JUnit runs at a time, as its configuration parameters say. Stateless. */
final class Parallelism {
    private static final String PREFIX = "junit.jupiter.execution.parallel.";

    private Parallelism() {}

    static int of(ConfigurationParameters parameters) {
        if (!parameters.getBoolean(PREFIX + "enabled").orElse(false)) {
            return 1;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        try {
            return switch (parameters.get(PREFIX + "config.strategy").orElse("dynamic")) {
                case "fixed" ->
                    parameters
                            .get(PREFIX + "config.fixed.parallelism", Integer::valueOf)
                            .orElse(processors);
                case "dynamic" ->
                    (int) Math.max(
                            1,
                            processors
                                    * parameters
                                            .get(PREFIX + "config.dynamic.factor", Double::valueOf)
                                            .orElse(1.0));
                default -> processors;
            };
        } catch (RuntimeException malformed) {
            // JUnit complains of it.
            return processors;
        }
    }
}
