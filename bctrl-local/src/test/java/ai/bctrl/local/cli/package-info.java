/** Tests of the commands' words. */
@NullMarked
package ai.bctrl.local.cli;

import org.jspecify.annotations.NullMarked;
