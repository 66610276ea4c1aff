@NullMarked
package ai.bctrl.junit;

import org.jspecify.annotations.NullMarked;
