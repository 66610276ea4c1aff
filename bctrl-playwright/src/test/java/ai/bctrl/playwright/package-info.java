@NullMarked
package ai.bctrl.playwright;

import org.jspecify.annotations.NullMarked;
