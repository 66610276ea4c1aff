/** A managed browser without JUnit: start with {@link ai.bctrl.samples.plain.WithoutJUnit}. */
@NullMarked
package ai.bctrl.samples.plain;

import org.jspecify.annotations.NullMarked;
