package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.FailureOrigin;

/**
 * How a test failed. Immutable.
 *
 * @param thrown what was thrown
 * @param place where
 * @param origin what is at fault
 */
public record Failure(Throwable thrown, Place place, FailureOrigin origin) {
    /** {@return the same, as far as the pages had to do with it} */
    Failure withPageCrash() {
        return origin.isInfrastructure() ? this : new Failure(thrown, place, FailureOrigin.PAGE_CRASH);
    }
}
