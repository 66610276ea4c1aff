/** JSON on the wire to and from the records of {@code ai.bctrl.model}. Start with {@link ai.bctrl.internal.json.Json}. */
@NullMarked
package ai.bctrl.internal.json;

import org.jspecify.annotations.NullMarked;
