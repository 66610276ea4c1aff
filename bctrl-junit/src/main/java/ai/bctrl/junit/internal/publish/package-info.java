/**
 * Tells the tools around a test run what was kept of its failures. Start with {@link
 * ai.bctrl.junit.internal.publish.JUnitFiles}.
 */
@NullMarked
package ai.bctrl.junit.internal.publish;

import org.jspecify.annotations.NullMarked;
