@NullMarked
package ai.bctrl.junit.internal.evidence;

import org.jspecify.annotations.NullMarked;
