/** What things cost, as ratios within one run. Each class with a {@code main} is a comparison. */
@NullMarked
package ai.bctrl.benchmarks;

import org.jspecify.annotations.NullMarked;
