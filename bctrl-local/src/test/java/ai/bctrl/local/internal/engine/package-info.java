/** Tests of the engine. */
@NullMarked
package ai.bctrl.local.internal.engine;

import org.jspecify.annotations.NullMarked;
