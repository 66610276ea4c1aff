/**
 * One Chromium for many runtimes: each is a browser context of its own behind a filter that lets its controllers see and
 * touch only what is theirs. Start with {@link ai.bctrl.local.internal.shared.SharedEngine}; the rules of the filter are in
 * {@link ai.bctrl.local.internal.shared.Policy} and {@link ai.bctrl.local.internal.shared.Commands}.
 */
@NullMarked
package ai.bctrl.local.internal.shared;

import org.jspecify.annotations.NullMarked;
