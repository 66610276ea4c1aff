package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops browsers that somebody left behind, such as a CI job that was killed. Immutable.
 *
 * @param run only those of this run: the metadata field {@code bctrlRun}, which {@code bctrl.run} names; of all runs if absent
 * @param olderThan only those that were made longer ago, by the clock of this machine; whatever their age if absent
 */
public record Prune(@Nullable String run, @Nullable Duration olderThan) {
    /** Name of the metadata field that holds the name of the run. */
    private static final String RUN_TAG = "bctrlRun";

    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(30));

    /** {@return what stops the browsers of a run} */
    public static Prune ofRun(String run) {
        return new Prune(run, null);
    }

    /** {@return what stops browsers that were made longer ago than this} */
    public static Prune olderThan(Duration age) {
        return new Prune(null, age);
    }

    /** {@return what stops all browsers that the key reaches, whoever uses them} */
    public static Prune all() {
        return new Prune(null, null);
    }

    /**
     * What was done. Immutable.
     *
     * @param stopped ids of the runtimes that were stopped
     * @param failed ids of those that were not, and why, as in {@code id: why}
     */
    public record Result(List<String> stopped, List<String> failed) {
        /** Copies the lists. */
        public Result {
            stopped = List.copyOf(stopped);
            failed = List.copyOf(failed);
        }
    }

    /**
     * Stops the browsers in all spaces that the client's key reaches.
     *
     * @return what was done
     * @throws BctrlException if it cannot be found out which there are
     */
    public Result stop(BctrlClient client) {
        return stop(client, InstantSource.system());
    }

    Result stop(BctrlClient client, InstantSource clock) {
        List<String> stopped = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Instant now = clock.instant();
        for (Space space : client.spaces().list(ASK)) {
            for (BrowserRuntime runtime : runtimes(client, space)) {
                if (isMeant(runtime, now)) {
                    try {
                        client.runtimes().stop(space.id(), runtime.id(), ASK);
                        stopped.add(runtime.id());
                    } catch (NotFoundException gone) {
                        // Then it does not run.
                    } catch (BctrlException notConfirmed) {
                        failed.add(runtime.id() + ": " + notConfirmed.getMessage());
                    }
                }
            }
        }
        return new Result(stopped, failed);
    }

    private static List<BrowserRuntime> runtimes(BctrlClient client, Space space) {
        try {
            return client.runtimes().list(space.id(), ASK);
        } catch (NotFoundException deleted) {
            return List.of();
        }
    }

    private boolean isMeant(BrowserRuntime runtime, Instant now) {
        return runtime.status() == RuntimeStatus.ACTIVE && isOfRun(runtime.metadata()) && isOld(runtime, now);
    }

    private boolean isOfRun(@Nullable JsonObject metadata) {
        return run == null || (metadata != null && new JsonPrimitive(run).equals(metadata.get(RUN_TAG)));
    }

    private boolean isOld(BrowserRuntime runtime, Instant now) {
        if (olderThan == null) {
            return true;
        }
        try {
            Instant created = OffsetDateTime.parse(runtime.createdAt()).toInstant();
            return created.isBefore(now.minus(olderThan));
        } catch (DateTimeException untold) {
            return false;
        }
    }
}
