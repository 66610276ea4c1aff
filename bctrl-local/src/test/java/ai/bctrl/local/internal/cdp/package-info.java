/** Tests of the control plane's own conversations with browsers. */
@NullMarked
package ai.bctrl.local.internal.cdp;

import org.jspecify.annotations.NullMarked;
