/**
 * What happened in a browser, told as events of its run: from a copy of the bytes between controller and browser, and from
 * a CDP session of the control plane's own for what the controller does not ask for. Start with
 * {@link ai.bctrl.local.internal.observe.Observation} and {@link ai.bctrl.local.internal.observe.RunObservation}.
 */
@NullMarked
package ai.bctrl.local.internal.observe;

import org.jspecify.annotations.NullMarked;
