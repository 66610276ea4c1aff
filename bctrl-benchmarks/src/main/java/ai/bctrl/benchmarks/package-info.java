/** What things cost, as ratios within one run. {@link ai.bctrl.benchmarks.Bench} compares with peers; each other class with a {@code main} compares ways of ours. */
@NullMarked
package ai.bctrl.benchmarks;

import org.jspecify.annotations.NullMarked;
