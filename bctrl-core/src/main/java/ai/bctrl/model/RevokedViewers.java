package ai.bctrl.model;

import com.google.gson.JsonObject;

/**
 * How many live viewers were ended. An addition of bctrl-local.
 *
 * <p>Schema {@code RevokedViewers}. Immutable.
 *
 * @param revoked how many
 * @param extra what was on the wire and has no component here
 */
public record RevokedViewers(Long revoked, JsonObject extra) {
    /** Everything on the wire has a component. */
    public RevokedViewers(Long revoked) {
        this(revoked, new JsonObject());
    }
}
