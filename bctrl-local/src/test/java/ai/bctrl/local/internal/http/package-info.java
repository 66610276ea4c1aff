/** Tests of the HTTP server: who is let in. */
@NullMarked
package ai.bctrl.local.internal.http;

import org.jspecify.annotations.NullMarked;
