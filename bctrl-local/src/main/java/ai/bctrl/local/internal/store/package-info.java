/**
 * What the local control plane remembers, in H2: one class for each kind of thing, plain SQL, no rules. Start with {@link
 * ai.bctrl.local.internal.store.Database} and {@link ai.bctrl.local.internal.store.RuntimeStore}.
 */
@NullMarked
package ai.bctrl.local.internal.store;

import org.jspecify.annotations.NullMarked;
