/** Keeps what is left of a failed test. Start with {@link ai.bctrl.junit.internal.evidence.EvidenceCollector}. */
@NullMarked
package ai.bctrl.junit.internal.evidence;

import org.jspecify.annotations.NullMarked;
