/**
 * The data plane: splices a controller's WebSocket and a browser's DevTools socket byte by byte. Start with
 * {@link ai.bctrl.local.internal.relay.RelayHandler} and {@link ai.bctrl.local.internal.relay.RelaySocket}.
 */
@NullMarked
package ai.bctrl.local.internal.relay;

import org.jspecify.annotations.NullMarked;
