/**
 * The seam between the API and everything that drives a browser: a {@link ai.bctrl.runtime.RuntimeProvider} hands out
 * {@link ai.bctrl.runtime.RuntimeLease}s.
 */
@NullMarked
package ai.bctrl.runtime;

import org.jspecify.annotations.NullMarked;
