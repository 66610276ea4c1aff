/** Runs the conformance kit on every JUnit, and compares the documents with it. */
@NullMarked
package ai.bctrl.conformance;

import org.jspecify.annotations.NullMarked;
