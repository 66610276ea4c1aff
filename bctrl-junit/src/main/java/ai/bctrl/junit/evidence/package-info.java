/**
 * What is kept of a test, when, and why it failed. Start with {@link ai.bctrl.junit.evidence.EvidenceKind} and {@link
 * ai.bctrl.junit.evidence.FailureOrigin}.
 */
@NullMarked
package ai.bctrl.junit.evidence;

import org.jspecify.annotations.NullMarked;
