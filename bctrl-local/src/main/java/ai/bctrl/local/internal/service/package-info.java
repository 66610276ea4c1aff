/**
 * The rules of the local control plane: what may be done with spaces, runtimes, connections and runs. The relay meets
 * them through {@link ai.bctrl.local.internal.service.ControllerGate}.
 */
@NullMarked
package ai.bctrl.local.internal.service;

import org.jspecify.annotations.NullMarked;
