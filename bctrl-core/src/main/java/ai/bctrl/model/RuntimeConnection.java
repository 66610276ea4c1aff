package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A connection lease as lists and revocations show it: without its address.
 *
 * <p>Schema {@code Connection}. Immutable.
 *
 * @param id UUID
 * @param runtimeId UUID of the runtime
 * @param runId UUID of the run it writes to
 * @param protocol protocol
 * @param status where it is in its life
 * @param createdAt RFC 3339
 * @param expiresAt RFC 3339; absent if it does not expire
 * @param revokedAt RFC 3339; absent if it was not revoked
 * @param closedAt RFC 3339; absent while it is open
 * @param extra what was on the wire and has no component here
 */
public record RuntimeConnection(
        String id,
        String runtimeId,
        String runId,
        ConnectionProtocol protocol,
        ConnectionStatus status,
        String createdAt,
        @WrittenAsNull @Nullable String expiresAt,
        @WrittenAsNull @Nullable String revokedAt,
        @WrittenAsNull @Nullable String closedAt,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RuntimeConnection(
            String id,
            String runtimeId,
            String runId,
            ConnectionProtocol protocol,
            ConnectionStatus status,
            String createdAt,
            @Nullable String expiresAt,
            @Nullable String revokedAt,
            @Nullable String closedAt) {
        this(id, runtimeId, runId, protocol, status, createdAt, expiresAt, revokedAt, closedAt, new JsonObject());
    }
}
