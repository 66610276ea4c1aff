/**
 * What can go wrong. Everything thrown is a {@link ai.bctrl.error.BctrlException}; answers of the service with an error
 * status are {@link ai.bctrl.error.BctrlApiException}s.
 */
@NullMarked
package ai.bctrl.error;

import org.jspecify.annotations.NullMarked;
