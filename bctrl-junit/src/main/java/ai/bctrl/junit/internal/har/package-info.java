/**
 * Reads what Playwright records of the network, and writes it as one HAR file without secrets. Start with
 * {@link ai.bctrl.junit.internal.har.HarFile}.
 */
@NullMarked
package ai.bctrl.junit.internal.har;

import org.jspecify.annotations.NullMarked;
