/** HTTP to the service. Start with {@link ai.bctrl.internal.http.Transport}. Only this package knows OkHttp. */
@NullMarked
package ai.bctrl.internal.http;

import org.jspecify.annotations.NullMarked;
