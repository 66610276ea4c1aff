package ai.bctrl.local.internal.service;

import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.ViewerComponent;
import ai.bctrl.model.ViewerControl;
import java.util.List;
import java.util.Map;

/** Gives out and takes back the addresses under which active runs can be watched. Thread-safe. */
public final class LiveLeases {

    private static final int DEFAULT_SECONDS = 3600;
    private static final int MAX_SECONDS = 86_400;

    private final Runs runs;
    private final ViewLeases leases;

    /** Creates the live leases of some runs. */
    public LiveLeases(Runs runs, ViewLeases leases) {
        this.runs = runs;
        this.leases = leases;
    }

    /**
     * Creates a lease on the view of a run.
     *
     * @param authority host and port under which the caller reaches this control plane
     * @throws ApiProblem 404; 400 for a lease outside of 1 to 86,400 s or a component that is not known; 409 {@code
     *     run.live_not_available} for a run that is over
     */
    public LiveView create(String runId, CreateLiveViewRequest request, String authority) {
        Run run = runs.get(runId);
        int seconds = request.expiresInSeconds() == null ? DEFAULT_SECONDS : request.expiresInSeconds();
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw ApiProblem.invalid(
                    "expiresInSeconds", "expiresInSeconds must be 1 to " + MAX_SECONDS + " but is " + seconds + ".");
        }
        if (run.status() != RunStatus.ACTIVE) {
            throw new ApiProblem(
                    409,
                    "run.live_not_available",
                    "The run is over (" + run.status().wireName() + "), there is nothing live to see; POST /v1/runs/"
                            + run.id() + "/recording shows what was recorded.",
                    Map.of("runId", run.id(), "status", run.status().wireName()));
        }
        List<ViewerComponent> components = request.components() == null ? List.of() : request.components();
        boolean activity = components.contains(ViewerComponent.ACTIVITY);
        ViewerControl control = request.control() == ViewerControl.INPUT ? ViewerControl.INPUT : ViewerControl.NONE;
        ViewLeases.ViewLease lease = leases.create(ViewLeases.Kind.LIVE, run.id(), control, activity, seconds);
        String url = "http://" + authority + "/live/" + lease.token();
        return new LiveView(url, activity ? url + "/activity" : null, Timestamps.format(lease.expiresAt()));
    }

    /**
     * Takes all live leases of a run back; who watches is told and cut off.
     *
     * @return how many there were
     * @throws ApiProblem 404
     */
    public int revokeAll(String runId) {
        List<ViewLeases.ViewLease> valid =
                leases.ofRun(ViewLeases.Kind.LIVE, runs.get(runId).id());
        valid.forEach(leases::revoke);
        return valid.size();
    }
}
