/**
 * The conformance kit: each way in which JUnit may run tests, and what must come of it with a managed browser. {@code
 * ConformanceBrowserIT} runs it on every JUnit that is supported.
 */
@NullMarked
package ai.bctrl.conformance;

import org.jspecify.annotations.NullMarked;
