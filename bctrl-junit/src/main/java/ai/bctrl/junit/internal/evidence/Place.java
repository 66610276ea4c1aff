package ai.bctrl.junit.internal.evidence;

import java.util.Locale;

/** Where in the life of a test something failed. */
public enum Place {
    /** The constructor of the test class. */
    CONSTRUCTOR,
    /** A {@code @BeforeAll} method. */
    BEFORE_ALL,
    /** A {@code @BeforeEach} method. */
    BEFORE_EACH,
    /** The test method. */
    BODY,
    /** An {@code @AfterEach} method. */
    AFTER_EACH,
    /** An {@code @AfterAll} method. */
    AFTER_ALL,
    /** Something that is not a method of the test class. */
    EXTENSION;

    /** {@return its name in manifests} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
