package ai.bctrl.local.internal.store;

import ai.bctrl.model.Isolation;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A runtime as it is kept. Immutable.
 *
 * @param id UUID
 * @param spaceId UUID of its space
 * @param name label
 * @param status where it is in its life
 * @param runId UUID of its run; a runtime has one in its life
 * @param profile name of its profile; null where its state is dropped with it
 * @param isolation what keeps it apart from others
 * @param metadata data of the caller
 * @param browser product and version; null where it never started
 * @param failureReason why it failed; null where it did not
 * @param createdAt RFC 3339
 * @param updatedAt RFC 3339
 */
public record StoredRuntime(
        String id,
        String spaceId,
        String name,
        RuntimeStatus status,
        String runId,
        @Nullable String profile,
        Isolation isolation,
        @Nullable JsonObject metadata,
        @Nullable String browser,
        @Nullable String failureReason,
        String createdAt,
        String updatedAt) {

    /** Whether its browser runs. */
    public boolean isActive() {
        return status == RuntimeStatus.ACTIVE;
    }
}
