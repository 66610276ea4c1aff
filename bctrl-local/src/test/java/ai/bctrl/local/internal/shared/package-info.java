/** Tests of the shared Chromium and of its filter. */
@NullMarked
package ai.bctrl.local.internal.shared;

import org.jspecify.annotations.NullMarked;
