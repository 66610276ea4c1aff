@NullMarked
package ai.bctrl.junit.internal.publish;

import org.jspecify.annotations.NullMarked;
