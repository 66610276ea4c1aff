/** Tests of the server of reports. */
@NullMarked
package ai.bctrl.junit.internal.report.server;

import org.jspecify.annotations.NullMarked;
