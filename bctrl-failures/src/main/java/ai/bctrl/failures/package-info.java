/**
 * Tests that fail on purpose. No build runs them by itself: {@code SurefireBrowserIT} has them run by builds of its own
 * and looks at what is left.
 */
@NullMarked
package ai.bctrl.failures;

import org.jspecify.annotations.NullMarked;
