package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At the end of a launcher session, looks for its browsers that are still active although nobody holds them, and stops
 * them. Those of another JVM of the same run are left alone.
 */
final class LeakCheck {
    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(10));
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");

    private final @Nullable BctrlClient client;
    private final String member;
    private final Collection<String> runIds;

    LeakCheck(@Nullable BctrlClient client, String member, Collection<String> runIds) {
        this.client = client;
        this.member = member;
        this.runIds = runIds;
    }

    /** Says so in one line if something is left; never fails. */
    void run() {
        if (client == null || runIds.isEmpty()) {
            return;
        }
        try {
            List<String> left = stopWhatIsLeft(client, runIds.iterator().next());
            if (!left.isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "bctrl: {0} browser(s) of this run were still active and have been stopped: {1}",
                        left.size(),
                        String.join(", ", left));
            }
        } catch (BctrlException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "bctrl: could not check whether browsers of this run are left: {0}",
                    failure.getMessage());
        }
    }

    private List<String> stopWhatIsLeft(BctrlClient api, String anyRun) {
        String space = api.runs().get(anyRun, ASK).spaceId();
        List<String> left = new ArrayList<>();
        if (space != null) {
            for (BrowserRuntime runtime : api.runtimes().list(space, ASK)) {
                if (runtime.status() == RuntimeStatus.ACTIVE && isOurs(runtime.metadata())) {
                    left.add(runtime.id());
                    api.runtimes().stop(space, runtime.id(), ASK);
                }
            }
        }
        return left;
    }

    private boolean isOurs(@Nullable JsonObject metadata) {
        return metadata != null && new JsonPrimitive(member).equals(metadata.get(RunResources.MEMBER_TAG));
    }
}
