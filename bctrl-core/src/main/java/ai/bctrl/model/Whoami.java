package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who a key belongs to.
 *
 * <p>Schema {@code Whoami}. Immutable.
 *
 * @param defaultSpaceId space to use when none is named
 * @param effectiveScope scope of this request
 * @param email address of the owner
 * @param keyId id of the key
 * @param organizationId organisation
 * @param plan plan, for example {@code developer}
 * @param scope whose it is: of the organisation or of a subaccount
 * @param subaccountId subaccount, if the key has one
 * @param extra what was on the wire and has no component here
 */
public record Whoami(
        @WrittenAsNull @Nullable String defaultSpaceId,
        @Nullable EffectiveScope effectiveScope,
        @WrittenAsNull @Nullable String email,
        String keyId,
        String organizationId,
        String plan,
        String scope,
        @WrittenAsNull @Nullable String subaccountId,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public Whoami(
            @Nullable String defaultSpaceId,
            @Nullable EffectiveScope effectiveScope,
            @Nullable String email,
            String keyId,
            String organizationId,
            String plan,
            String scope,
            @Nullable String subaccountId) {
        this(defaultSpaceId, effectiveScope, email, keyId, organizationId, plan, scope, subaccountId, new JsonObject());
    }
}
