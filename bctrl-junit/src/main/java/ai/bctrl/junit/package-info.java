/**
 * A managed browser for each JUnit test. Start with {@link ai.bctrl.junit.BctrlBrowser}; {@link
 * ai.bctrl.junit.BctrlSettings} lists what can be set from outside.
 */
@NullMarked
package ai.bctrl.junit;

import org.jspecify.annotations.NullMarked;
