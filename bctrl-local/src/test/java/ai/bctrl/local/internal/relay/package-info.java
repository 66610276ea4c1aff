/** Tests of the relay. */
@NullMarked
package ai.bctrl.local.internal.relay;

import org.jspecify.annotations.NullMarked;
