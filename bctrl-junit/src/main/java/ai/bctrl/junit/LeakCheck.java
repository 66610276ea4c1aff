package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At the end of a launcher session, looks for its browsers that are still active although nobody holds them, stops
 * them and says in one line whether there were any. Those of another JVM of the same run are left alone.
 */
final class LeakCheck {
    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(10));

    private final @Nullable BctrlClient client;
    private final String member;
    private final Collection<String> runIds;
    private final PrintStream out;

    LeakCheck(@Nullable BctrlClient client, String member, Collection<String> runIds, PrintStream out) {
        this.client = client;
        this.member = member;
        this.runIds = runIds;
        this.out = out;
    }

    /** Says in one line what was found, unless no browser was used; never fails. */
    void run() {
        if (client == null || runIds.isEmpty()) {
            return;
        }
        String used = "bctrl: " + runIds.size() + (runIds.size() == 1 ? " browser" : " browsers") + " used, ";
        try {
            List<String> left = stopWhatIsLeft(client);
            out.println(
                    left.isEmpty()
                            ? used + "none left"
                            : used + left.size() + (left.size() == 1 ? " was" : " were")
                                    + " left and had to be stopped: " + String.join(", ", left));
        } catch (BctrlException failure) {
            out.println(used + "whether any is left could not be found out: "
                    + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private List<String> stopWhatIsLeft(BctrlClient api) {
        String space = space(api);
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

    private @Nullable String space(BctrlClient api) {
        for (String run : runIds) {
            try {
                return api.runs().get(run, ASK).spaceId();
            } catch (NotFoundException forgotten) {
                // Control planes keep the newest runs; those of this session are among them.
            }
        }
        throw new BctrlException("the control plane knows none of the runs any more");
    }

    private boolean isOurs(@Nullable JsonObject metadata) {
        return metadata != null && new JsonPrimitive(member).equals(metadata.get(RunResources.MEMBER_TAG));
    }
}
