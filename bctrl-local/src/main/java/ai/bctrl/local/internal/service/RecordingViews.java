package ai.bctrl.local.internal.service;

import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.RecordingView;
import com.google.gson.JsonObject;

/** Shows recordings to people. Thread-safe. */
public interface RecordingViews {

    /**
     * Makes a lease on the replay of a run, also where there is nothing to see: the page says why.
     *
     * @param runId UUID of a run that is there
     * @param authority host and port as the caller wrote them
     */
    RecordingView view(String runId, CreateRecordingViewRequest request, String authority);

    /**
     * Makes a video file of the recording, where that was not done yet.
     *
     * @param runId UUID of a run that is there
     * @return at once, how far it is: {@code status} preparing, ready or failed with a {@code reason}
     * @throws ApiProblem 409 {@code run.recording_not_available} where there is nothing to export yet
     */
    JsonObject export(String runId);

    /** {@return whether a video of the run is being made, or waits for that} */
    boolean isExporting(String runId);
}
