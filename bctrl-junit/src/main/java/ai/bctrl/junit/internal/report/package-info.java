/**
 * The HTML report: one page for a whole run ({@link ai.bctrl.junit.internal.report.RunReport}) or for one attempt
 * ({@link ai.bctrl.junit.internal.report.AttemptReport}). Everything is read from files that may be half written, so each
 * reader takes what it can and says what it could not. The page is a small app without a build; its parts are resources of
 * this package.
 */
@NullMarked
package ai.bctrl.junit.internal.report;

import org.jspecify.annotations.NullMarked;
