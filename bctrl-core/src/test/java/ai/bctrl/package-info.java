@NullMarked
package ai.bctrl;

import org.jspecify.annotations.NullMarked;
