/**
 * Reads the traces of Playwright, and writes them again without secrets. Start with
 * {@link ai.bctrl.junit.internal.trace.TraceFile}.
 */
@NullMarked
package ai.bctrl.junit.internal.trace;

import org.jspecify.annotations.NullMarked;
