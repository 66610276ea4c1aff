/** Tests of the database: upgrades, damage, and that what was written stays. */
@NullMarked
package ai.bctrl.local.internal.store;

import org.jspecify.annotations.NullMarked;
