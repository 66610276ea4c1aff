package ai.bctrl.junit;

/**
 * What becomes of a test that fails because of the browser, the connection or the control plane, not because of itself or
 * the application: where {@link ai.bctrl.junit.evidence.FailureOrigin#isInfrastructure()}.
 */
public enum InfrastructureFailure {
    /** The test fails. */
    FAIL,
    /** The test is aborted, as by a failed assumption: it neither passes nor fails. */
    ABORT,
    /**
     * The test is repeated once on a fresh browser, and fails if that is of no use either. What is repeated are {@code
     * @AfterEach}, {@code @BeforeEach} and the test method on the same test instance, not the callbacks of other
     * extensions.
     */
    RETRY_ONCE
}
