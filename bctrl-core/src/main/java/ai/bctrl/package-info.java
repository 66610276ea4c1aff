/** The client of the BCTRL REST API. Start with {@link ai.bctrl.BctrlClient}. */
@NullMarked
package ai.bctrl;

import org.jspecify.annotations.NullMarked;
