/** The command line of the control plane. Start with {@link ai.bctrl.local.cli.LocalMain}. */
@NullMarked
package ai.bctrl.local.cli;

import org.jspecify.annotations.NullMarked;
