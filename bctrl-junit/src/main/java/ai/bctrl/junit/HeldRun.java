package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.HoldRunRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane knows of a browser that is held, so that its viewers can end that. Where it knows nothing of holds
 * the browser is held all the same. Immutable.
 *
 * @param client the control plane, or null if there is none
 * @param runId the run, or null if nobody keeps one
 */
record HeldRun(@Nullable BctrlClient client, @Nullable String runId) {
    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_SECONDS = 86_400;
    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(5));

    /** Tells viewers that the browser is held, why, and for how long. */
    void begin(Duration longest, String message) {
        if (client == null || runId == null) {
            return;
        }
        String told = message.substring(0, Math.min(LONGEST_MESSAGE, message.length()));
        try {
            client.runs()
                    .hold(runId, new HoldRunRequest((int) Math.min(LONGEST_SECONDS, longest.toSeconds()), told), ASK);
        } catch (BctrlException unknown) {
            log(unknown);
        }
    }

    /** {@return whether a viewer has ended it} */
    boolean isOver() {
        if (client == null || runId == null) {
            return false;
        }
        try {
            return !client.runs().held(runId, ASK).held();
        } catch (BctrlException unknown) {
            return false;
        }
    }

    /** Tells viewers that it is over. */
    void end() {
        if (client == null || runId == null) {
            return;
        }
        try {
            client.runs().release(runId, ASK);
        } catch (BctrlException unknown) {
            log(unknown);
        }
    }

    private static void log(BctrlException unknown) {
        System.getLogger("ai.bctrl.junit")
                .log(System.Logger.Level.DEBUG, "bctrl: viewers are not told of the hold: {0}", unknown.getMessage());
    }
}
