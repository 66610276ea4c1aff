/**
 * The web console of a control plane: spaces, browsers, runs. {@link ai.bctrl.local.internal.console.ConsoleSite} takes the
 * requests, {@link ai.bctrl.local.internal.console.Html} is what pages are made of.
 */
@NullMarked
package ai.bctrl.local.internal.console;

import org.jspecify.annotations.NullMarked;
