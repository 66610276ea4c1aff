/**
 * Serves reports on this machine, together with Playwright's trace viewer. {@link
 * ai.bctrl.junit.internal.report.server.ReportServer} answers; {@link ai.bctrl.junit.internal.report.server.RunSearch} finds
 * the run that somebody means.
 */
@NullMarked
package ai.bctrl.junit.internal.report.server;

import org.jspecify.annotations.NullMarked;
