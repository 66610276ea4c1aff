@NullMarked
package ai.bctrl.internal.json;

import org.jspecify.annotations.NullMarked;
