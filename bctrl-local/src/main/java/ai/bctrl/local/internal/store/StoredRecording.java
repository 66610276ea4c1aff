package ai.bctrl.local.internal.store;

import ai.bctrl.model.RecordingMode;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the recording of a run, beside its pictures. Immutable.
 *
 * @param runId UUID of the run
 * @param mode what was asked for; not {@code off}
 * @param state what became of it
 * @param reason why it is not there, or not whole; null where there is nothing to say
 */
public record StoredRecording(
        String runId,
        RecordingMode mode,
        State state,
        @Nullable String reason) {

    /** What became of a recording. */
    public enum State {
        /** Its run goes on, or was cut. */
        RUNNING,
        /** Its pictures are there. */
        KEPT,
        /** Its pictures were removed because nobody needs them. */
        DROPPED,
        /** Its pictures could not be written. */
        FAILED
    }
}
