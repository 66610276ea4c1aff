package ai.bctrl.junit.evidence;

/**
 * How much Playwright's tracing records while a test runs. The cost is that of a short form test with 20 actions, as a ratio
 * to no tracing; {@code docs/evidence.md} says how it was measured.
 */
public enum TraceLevel {
    /** Playwright's tracing is left alone: for tests that use it themselves. There are no last actions then. */
    OFF,
    /** Actions and console; about 1.05. */
    ACTIONS,
    /** Also the DOM before and after each action; about 1.4. */
    SNAPSHOTS,
    /** Also pictures, as a film strip; about 1.7. What a test gets that is run again after it failed. */
    PICTURES
}
