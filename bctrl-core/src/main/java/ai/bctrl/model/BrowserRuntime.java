package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live browser inside a space.
 *
 * <p>Schema {@code Runtime}. Immutable.
 *
 * @param id UUID
 * @param spaceId UUID of its space
 * @param name label
 * @param type kind
 * @param kind the same as {@code type}
 * @param status where it is in its life
 * @param region where it runs
 * @param activeRunId UUID of the open run; absent when none is
 * @param backing where its state lives
 * @param capabilities what it can do
 * @param connections protocols it offers
 * @param metadata data of the caller
 * @param summary live state
 * @param isolation what keeps it apart from others, an addition of bctrl-java's control plane; absent elsewhere
 * @param createdAt RFC 3339
 * @param updatedAt RFC 3339
 * @param extra what was on the wire and has no component here
 */
public record BrowserRuntime(
        String id,
        String spaceId,
        String name,
        RuntimeType type,
        RuntimeType kind,
        RuntimeStatus status,
        String region,
        @WrittenAsNull @Nullable String activeRunId,
        @Nullable RuntimeBacking backing,
        List<String> capabilities,
        RuntimeConnections connections,
        @WrittenAsNull @Nullable JsonObject metadata,
        @Nullable RuntimeSummary summary,
        @Nullable Isolation isolation,
        String createdAt,
        String updatedAt,
        JsonObject extra) {
    /** Copies the lists. */
    public BrowserRuntime {
        capabilities = List.copyOf(capabilities);
    }

    /** Everything on the wire has a component. */
    public BrowserRuntime(
            String id,
            String spaceId,
            String name,
            RuntimeType type,
            RuntimeType kind,
            RuntimeStatus status,
            String region,
            @Nullable String activeRunId,
            @Nullable RuntimeBacking backing,
            List<String> capabilities,
            RuntimeConnections connections,
            @Nullable JsonObject metadata,
            @Nullable RuntimeSummary summary,
            @Nullable Isolation isolation,
            String createdAt,
            String updatedAt) {
        this(
                id,
                spaceId,
                name,
                type,
                kind,
                status,
                region,
                activeRunId,
                backing,
                capabilities,
                connections,
                metadata,
                summary,
                isolation,
                createdAt,
                updatedAt,
                new JsonObject());
    }
}
