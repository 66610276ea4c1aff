@NullMarked
package ai.bctrl.runtime;

import org.jspecify.annotations.NullMarked;
