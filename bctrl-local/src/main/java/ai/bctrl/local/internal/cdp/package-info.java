/** The control plane's own conversation with a browser, in the Chrome DevTools Protocol. */
@NullMarked
package ai.bctrl.local.internal.cdp;

import org.jspecify.annotations.NullMarked;
