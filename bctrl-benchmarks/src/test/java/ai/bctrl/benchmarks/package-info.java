/** Benchmarks still run. */
@NullMarked
package ai.bctrl.benchmarks;

import org.jspecify.annotations.NullMarked;
