/** The soak in a short form, and many tests in one JVM. */
@NullMarked
package ai.bctrl.soak;

import org.jspecify.annotations.NullMarked;
