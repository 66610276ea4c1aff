@NullMarked
package ai.bctrl.local.internal.observe;

import org.jspecify.annotations.NullMarked;
