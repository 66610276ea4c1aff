package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.live.ActivityFeed;
import ai.bctrl.local.internal.live.ActivityStream;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.ViewLeases;
import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Streams the activity of a run to those whose lease on the recording includes it. Thread-safe. */
final class ReplayActivity {

    private static final long BEAT_SECONDS = 15;

    private final ViewLeases leases;
    private final Replay replay;
    private final ActivityFeed feed;
    private final ScheduledExecutorService clock;

    ReplayActivity(ViewLeases leases, Replay replay, ActivityFeed feed, ScheduledExecutorService clock) {
        this.leases = leases;
        this.replay = replay;
        this.feed = feed;
        this.clock = clock;
    }

    void stream(Request request, Response response, Callback callback, ViewLease lease) {
        if (!lease.activity()) {
            throw new ApiProblem(404, "route.not_found", "This link was made without the activity.", Map.of());
        }
        if (request.getHeaders().contains("Last-Event-ID") && isOver(lease)) {
            // A reader that had all of it asks again unless it is told not to.
            response.setStatus(204);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            callback.succeeded();
            return;
        }
        ActivityStream stream = ActivityStream.start(feed, lease, request, response, callback);
        try {
            var beats = clock.scheduleWithFixedDelay(
                    () -> beat(lease, stream), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
            stream.whenOver(() -> beats.cancel(false));
        } catch (RejectedExecutionException closing) {
            stream.close();
        }
    }

    private void beat(ViewLease lease, ActivityStream stream) {
        if (leases.isValid(lease) && !isOver(lease)) {
            stream.beat();
        } else {
            stream.close();
        }
    }

    private boolean isOver(ViewLease lease) {
        try {
            return !replay.isActive(lease.runId());
        } catch (ApiProblem deleted) {
            return true;
        }
    }
}
