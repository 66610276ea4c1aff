@NullMarked
package ai.bctrl.junit.internal.run;

import org.jspecify.annotations.NullMarked;
