/** What makes requests, frames and texts that nobody meant to send, from seeds, so that each can be made again. */
@NullMarked
package ai.bctrl.local.fuzz;

import org.jspecify.annotations.NullMarked;
