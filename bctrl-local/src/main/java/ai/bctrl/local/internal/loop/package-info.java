/**
 * Sockets that many share one thread for, and the WebSocket protocol on them as far as DevTools use it: {@link
 * ai.bctrl.local.internal.loop.Loop}, {@link ai.bctrl.local.internal.loop.Wire}, {@link ai.bctrl.local.internal.loop.Upgrade}.
 */
@NullMarked
package ai.bctrl.local.internal.loop;

import org.jspecify.annotations.NullMarked;
