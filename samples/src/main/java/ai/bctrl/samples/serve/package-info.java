/** A browser of a control plane elsewhere: start with {@link ai.bctrl.samples.serve.AgainstServe}. */
@NullMarked
package ai.bctrl.samples.serve;

import org.jspecify.annotations.NullMarked;
