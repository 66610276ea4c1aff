@NullMarked
package ai.bctrl.failures;

import org.jspecify.annotations.NullMarked;
