package ai.bctrl.conformance;

/**
 * Something that goes wrong between a test and its page, and how the test must end. Immutable.
 *
 * @param name what it is
 * @param exception simple name of what the test fails with, or {@code -} where it must pass
 * @param origin what the failure's first line says is at fault, or {@code -}
 * @param says what the failure's message must name, beside that; empty for nothing certain
 * @param seconds within how many seconds the test must have ended
 * @param provocation runs the test
 */
record Fault(String name, String exception, String origin, String says, int seconds, Provocation provocation) {
    Fault(String name, String exception, String origin, int seconds, Provocation provocation) {
        this(name, exception, origin, "", seconds, provocation);
    }

    /** Runs a test while something goes wrong. */
    @FunctionalInterface
    interface Provocation {
        Ended run(Scene scene) throws Exception;
    }
}
