package ai.bctrl.junit.evidence;

import java.util.Locale;

/** What is at fault when a test fails. */
public enum FailureOrigin {
    /** A check of the test found the application other than expected. */
    APPLICATION_ASSERTION,
    /** The application did not do in time what the test waited for. */
    APPLICATION_TIMEOUT,
    /** Something else went wrong in the test: an exception in its code, or a call that the page could not answer. */
    TEST_ERROR,
    /** A page crashed while the browser went on. */
    PAGE_CRASH,
    /** The browser's process died. */
    BROWSER_CRASH,
    /** The connection to the browser was lost, refused or ended, or did not answer in time. */
    CONNECTION_LOST,
    /** The control plane could not be reached, or failed. */
    CONTROL_PLANE,
    /** The service has no browser left for this key: a quota or its capacity. */
    QUOTA_OR_CAPACITY,
    /** The test failed before its body: in a constructor, {@code @BeforeAll}, {@code @BeforeEach} or an extension. */
    SET_UP,
    /** The test failed after its body: in {@code @AfterEach}, {@code @AfterAll} or an extension. */
    TEAR_DOWN;

    /** {@return its name in manifests, for example {@code browser-crash}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return its name for people, for example {@code browser crash}} */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@return whether neither the test nor the application is at fault} */
    public boolean isInfrastructure() {
        return this == BROWSER_CRASH || this == CONNECTION_LOST || this == CONTROL_PLANE || this == QUOTA_OR_CAPACITY;
    }
}
