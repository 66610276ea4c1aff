package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A command that the platform carried out in a run.
 *
 * <p>Schema {@code RunCommand}. Immutable.
 *
 * @param sequenceNo position in the run
 * @param entryCall what was called
 * @param status how far it is
 * @param executionMode how it was run
 * @param id UUID
 * @param runId UUID of the run
 * @param runtimeId UUID of the runtime
 * @param artifactCount number of artifacts
 * @param stepCount number of steps
 * @param startedAt RFC 3339
 * @param finishedAt RFC 3339
 * @param durationMs how long it took, in milliseconds
 * @param createdAt RFC 3339
 * @param progress how far it is
 * @param request what was asked; only when included
 * @param result what came out; only when included
 * @param error why it failed; only when included
 * @param extra what was on the wire and has no component here
 */
public record RunCommand(
        Long sequenceNo,
        String entryCall,
        CommandStatus status,
        @Nullable ExecutionMode executionMode,
        @Nullable String id,
        @Nullable String runId,
        @Nullable String runtimeId,
        @Nullable Long artifactCount,
        @Nullable Long stepCount,
        @Nullable String startedAt,
        @Nullable String finishedAt,
        @Nullable Long durationMs,
        @Nullable String createdAt,
        @Nullable WorkProgress progress,
        @Nullable JsonObject request,
        @Nullable JsonObject result,
        @Nullable WorkError error,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RunCommand(
            Long sequenceNo,
            String entryCall,
            CommandStatus status,
            @Nullable ExecutionMode executionMode,
            @Nullable String id,
            @Nullable String runId,
            @Nullable String runtimeId,
            @Nullable Long artifactCount,
            @Nullable Long stepCount,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            @Nullable Long durationMs,
            @Nullable String createdAt,
            @Nullable WorkProgress progress,
            @Nullable JsonObject request,
            @Nullable JsonObject result,
            @Nullable WorkError error) {
        this(
                sequenceNo,
                entryCall,
                status,
                executionMode,
                id,
                runId,
                runtimeId,
                artifactCount,
                stepCount,
                startedAt,
                finishedAt,
                durationMs,
                createdAt,
                progress,
                request,
                result,
                error,
                new JsonObject());
    }
}
