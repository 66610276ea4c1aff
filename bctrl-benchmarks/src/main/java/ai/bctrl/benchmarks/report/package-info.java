/** Shows results: as a table, as JSON, and on a page with plots. Start with {@link ai.bctrl.benchmarks.report.BenchReport} and {@link ai.bctrl.benchmarks.report.Table}. */
@NullMarked
package ai.bctrl.benchmarks.report;

import org.jspecify.annotations.NullMarked;
