package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Task and permission boundary: runtimes, files, tools and secrets live in it.
 *
 * <p>Schema {@code Space}. Immutable.
 *
 * @param id UUID
 * @param name name given by its maker
 * @param region where its browsers run, for example {@code us-east}
 * @param mounts what the things in it may reach
 * @param metadata data of the caller
 * @param subaccountId owner, when the account has subaccounts
 * @param createdAt RFC 3339
 * @param updatedAt RFC 3339
 * @param extra what was on the wire and has no component here
 */
public record Space(
        String id,
        String name,
        @Nullable String region,
        SpaceMounts mounts,
        @Nullable JsonObject metadata,
        @Nullable String subaccountId,
        String createdAt,
        String updatedAt,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public Space(
            String id,
            String name,
            @Nullable String region,
            SpaceMounts mounts,
            @Nullable JsonObject metadata,
            @Nullable String subaccountId,
            String createdAt,
            String updatedAt) {
        this(id, name, region, mounts, metadata, subaccountId, createdAt, updatedAt, new JsonObject());
    }
}
