/**
 * The BCTRL REST API served on this machine, on real Chromium. Start with {@link ai.bctrl.local.LocalBctrl} and {@link
 * ai.bctrl.local.LocalOptions}.
 */
@NullMarked
package ai.bctrl.local;

import org.jspecify.annotations.NullMarked;
