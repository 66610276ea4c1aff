/** What was measured: results of variants, series of samples, and the way to take them in turns. Start with {@link ai.bctrl.benchmarks.measure.Interleaved} and {@link ai.bctrl.benchmarks.measure.Result}. */
@NullMarked
package ai.bctrl.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
