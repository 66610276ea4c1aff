package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of one active span of a runtime.
 *
 * <p>Schema {@code Run}. Immutable.
 *
 * @param id UUID
 * @param runtimeId UUID of the runtime
 * @param status where it is in its life
 * @param spaceId UUID of the space
 * @param runtimeKind kind of the runtime
 * @param startedAt RFC 3339
 * @param endedAt RFC 3339; absent while it is active
 * @param createdAt RFC 3339
 * @param updatedAt RFC 3339
 * @param extra what was on the wire and has no component here
 */
public record Run(
        String id,
        String runtimeId,
        RunStatus status,
        @Nullable String spaceId,
        @Nullable RuntimeType runtimeKind,
        @Nullable String startedAt,
        @Nullable String endedAt,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public Run(
            String id,
            String runtimeId,
            RunStatus status,
            @Nullable String spaceId,
            @Nullable RuntimeType runtimeKind,
            @Nullable String startedAt,
            @Nullable String endedAt,
            @Nullable String createdAt,
            @Nullable String updatedAt) {
        this(id, runtimeId, status, spaceId, runtimeKind, startedAt, endedAt, createdAt, updatedAt, new JsonObject());
    }
}
