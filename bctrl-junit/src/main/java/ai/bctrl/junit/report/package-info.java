/** The command that serves a report; see {@link ai.bctrl.junit.report.ReportMain}. */
@NullMarked
package ai.bctrl.junit.report;

import org.jspecify.annotations.NullMarked;
