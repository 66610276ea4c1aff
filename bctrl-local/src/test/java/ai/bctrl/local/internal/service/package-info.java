/** Tests of the rules. */
@NullMarked
package ai.bctrl.local.internal.service;

import org.jspecify.annotations.NullMarked;
