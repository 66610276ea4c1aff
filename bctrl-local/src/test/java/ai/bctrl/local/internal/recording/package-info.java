/** Tests of recordings. */
@NullMarked
package ai.bctrl.local.internal.recording;

import org.jspecify.annotations.NullMarked;
