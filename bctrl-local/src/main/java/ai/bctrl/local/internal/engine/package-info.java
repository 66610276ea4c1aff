/**
 * Where browsers come from: one Chromium process for each runtime, found on this machine, supervised so that it never
 * outlives its control plane. Start with {@link ai.bctrl.local.internal.engine.BrowserEngine} and
 * {@link ai.bctrl.local.internal.engine.ChromiumEngine}.
 */
@NullMarked
package ai.bctrl.local.internal.engine;

import org.jspecify.annotations.NullMarked;
