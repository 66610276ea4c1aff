/** Suites of tests that run in JVMs of their own, once for each way to get a browser. Start with {@link ai.bctrl.benchmarks.suite.SuiteMain} and {@link ai.bctrl.benchmarks.suite.Cases}. */
@NullMarked
package ai.bctrl.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
