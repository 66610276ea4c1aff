package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How far the video file of a recording is. An addition of bctrl-local.
 *
 * <p>Schema {@code RecordingExport}. Immutable.
 *
 * @param status {@link RecordingStatus#PREPARING}, {@link RecordingStatus#READY} or {@link RecordingStatus#FAILED}
 * @param artifactId the artifact that it is, once it is ready
 * @param sizeBytes its size, once it is ready
 * @param reason why it failed, for people
 * @param extra what was on the wire and has no component here
 */
public record RecordingExport(
        RecordingStatus status,
        @Nullable String artifactId,
        @Nullable Long sizeBytes,
        @Nullable String reason,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RecordingExport(
            RecordingStatus status, @Nullable String artifactId, @Nullable Long sizeBytes, @Nullable String reason) {
        this(status, artifactId, sizeBytes, reason, new JsonObject());
    }
}
