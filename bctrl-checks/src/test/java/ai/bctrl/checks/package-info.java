/** Rules that span the modules: architecture, contract, documentation. */
@NullMarked
package ai.bctrl.checks;

import org.jspecify.annotations.NullMarked;
