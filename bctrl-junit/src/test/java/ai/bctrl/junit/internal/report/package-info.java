/** Tests of the HTML report. */
@NullMarked
package ai.bctrl.junit.internal.report;

import org.jspecify.annotations.NullMarked;
