package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.FailureOrigin;

/**
 * How a test failed. Immutable.
 *
 * @param thrown what was thrown
 * @param place where
 * @param origin what is at fault
 */
public record Failure(Throwable thrown, Place place, FailureOrigin origin) {}
