@NullMarked
package ai.bctrl.network;

import org.jspecify.annotations.NullMarked;
