/**
 * The REST API over HTTP: routes to services, keys, guards and limits, one form for every error. Start with {@link
 * ai.bctrl.local.internal.http.HttpApi} and {@link ai.bctrl.local.internal.http.ApiHandler}.
 */
@NullMarked
package ai.bctrl.local.internal.http;

import org.jspecify.annotations.NullMarked;
