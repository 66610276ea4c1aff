/** Tests of the parts of requests. */
@NullMarked
package ai.bctrl.local.internal.http;

import org.jspecify.annotations.NullMarked;
