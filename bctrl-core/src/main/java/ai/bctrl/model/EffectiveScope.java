package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Scope that a request acts in.
 *
 * <p>Schema {@code EffectiveScope}. Immutable.
 *
 * @param scope whose it is: of the organisation or of a subaccount
 * @param organizationId organisation
 * @param subaccountId subaccount, if there is one
 * @param defaultSpaceId space to use when none is named
 * @param extra what was on the wire and has no component here
 */
public record EffectiveScope(
        String scope,
        String organizationId,
        @WrittenAsNull @Nullable String subaccountId,
        @WrittenAsNull @Nullable String defaultSpaceId,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public EffectiveScope(
            String scope, String organizationId, @Nullable String subaccountId, @Nullable String defaultSpaceId) {
        this(scope, organizationId, subaccountId, defaultSpaceId, new JsonObject());
    }
}
