@NullMarked
package ai.bctrl.junit.internal.trace;

import org.jspecify.annotations.NullMarked;
