/** What {@code ./bctrl bench} measures, one class for each letter or group of letters. Start with {@link ai.bctrl.benchmarks.workload.Workload} and {@link ai.bctrl.benchmarks.workload.Workloads}. */
@NullMarked
package ai.bctrl.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
