/**
 * What goes over the wire: records, enums and unions of the spaces generation of the API. Start with {@link
 * ai.bctrl.model.CreateRuntimeRequest} and {@link ai.bctrl.model.BrowserRuntime}.
 *
 * <p>Evolution rules: components are only ever appended; an absent value is {@code null}; what a newer server sends and
 * this version does not know survives in {@code extra}, in {@code UNKNOWN} and in {@code Unknown}.
 */
@NullMarked
package ai.bctrl.model;

import org.jspecify.annotations.NullMarked;
