/**
 * Watching a browser while it runs, and steering it: the page, its socket, the frames and the input. Start with {@link
 * ai.bctrl.local.internal.live.LiveViews}, which has one {@code LiveRun} for each run that somebody watches, and with {@link
 * ai.bctrl.local.internal.live.LiveSite}, where the viewers come in.
 */
@NullMarked
package ai.bctrl.local.internal.live;

import org.jspecify.annotations.NullMarked;
