package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.ConnectionStore;
import ai.bctrl.local.internal.store.Database;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose browser is held for somebody to look at, until they say that it may go on or the time is over. The connection
 * that holds the runtime lasts at least as long. Thread-safe.
 */
public final class Holds implements RunWatcher {

    private static final long MAX_SECONDS = 7200;
    private static final int MAX_MESSAGE = 500;

    private final Database database;
    private final ConnectionStore connections;
    private final LiveBrowsers browsers;
    private final InstantSource clock;
    private final Workers workers;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Creates the holds on some browsers. */
    public Holds(Database database, LiveBrowsers browsers, InstantSource clock, Workers workers) {
        this.database = database;
        this.connections = new ConnectionStore(database);
        this.browsers = browsers;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Asks to hold a run. Immutable.
     *
     * @param seconds for how long, 1 to 7200
     * @param message what a person reads; none if absent
     * @param extra what was on the wire and has no component here
     */
    public record Request(Integer seconds, @Nullable String message, JsonObject extra) {}

    /** Why a hold ended. */
    public enum Release {
        /** Somebody who watched said so. */
        VIEWER,
        /** A request of the API said so, or held the run anew. */
        REQUEST,
        /** Its time was over. */
        TIME,
        /** The run ended. */
        RUN_ENDED
    }

    /**
     * One hold. Thread-safe.
     *
     * @param runId UUID of the run
     * @param until when it ends by itself
     * @param message what a person reads; may be empty
     * @param released completes when it ends, with why
     */
    public record Hold(String runId, Instant until, String message, CompletableFuture<Release> released) {

        /** Whether it has not ended. */
        public boolean isHeld() {
            return !released.isDone();
        }
    }

    /**
     * Holds a run, in place of the hold before.
     *
     * @param time 1 s to 2 hours
     * @param message plain text, at most 500 characters
     * @throws ApiProblem 400; 409 {@code run.not_active}
     */
    public Hold hold(String runId, Duration time, String message) {
        long seconds = time.toSeconds();
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw ApiProblem.invalid("seconds", "seconds must be 1 to " + MAX_SECONDS + " but is " + seconds + ".");
        }
        if (message.length() > MAX_MESSAGE) {
            throw ApiProblem.invalid("message", "message must have at most " + MAX_MESSAGE + " characters.");
        }
        LiveBrowser browser = browsers.ofRun(runId);
        if (browser == null || !browser.isUp()) {
            throw new ApiProblem(
                    409, "run.not_active", "The run is over; its browser cannot be held.", Map.of("runId", runId));
        }
        Hold hold = new Hold(runId, clock.instant().plus(time), message, new CompletableFuture<>());
        database.change(() -> connections.extend(browser.runtimeId(), Timestamps.format(hold.until())));
        Hold before = holds.put(runId, hold);
        if (before != null) {
            before.released().complete(Release.REQUEST);
        }
        try {
            var alarm = workers.clock().schedule(() -> end(hold, Release.TIME), time.toMillis(), TimeUnit.MILLISECONDS);
            var unused = hold.released().whenComplete((why, failed) -> alarm.cancel(false));
        } catch (RejectedExecutionException closing) {
            end(hold, Release.RUN_ENDED);
        }
        if (!browser.isUp()) {
            end(hold, Release.RUN_ENDED);
        }
        tell(runId);
        return hold;
    }

    private void end(Hold hold, Release why) {
        if (hold.released().complete(why)) {
            tell(hold.runId());
        }
    }

    private void tell(String runId) {
        listeners.forEach(listener -> listener.accept(runId));
    }

    /**
     * Lets a run go on.
     *
     * @return whether it was held
     */
    public boolean release(String runId, Release why) {
        Hold hold = holds.get(runId);
        boolean held = hold != null && hold.isHeld();
        if (hold != null) {
            end(hold, why);
        }
        return held;
    }

    /** {@return the last hold of an active run, which may have ended; null if there was none} */
    public @Nullable Hold find(String runId) {
        return holds.get(runId);
    }

    /** {@return how long the run is still held; zero if it is not} */
    public Duration remaining(String runId) {
        Hold hold = holds.get(runId);
        if (hold == null || !hold.isHeld()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), hold.until());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * How a run's hold stands, as the API shows it. Immutable.
     *
     * @param held whether it is held
     * @param until when the last hold ends, or would have; RFC 3339; null if there was none
     * @param message what a person reads; null if there was no hold
     * @param remainingSeconds how long it is still held
     * @param released why it ended: {@code viewer}, {@code request}, {@code time} or {@code run_ended}; null while it is held
     */
    public record State(
            boolean held,
            @Nullable String until,
            @Nullable String message,
            long remainingSeconds,
            @Nullable String released) {}

    /** {@return how the run's hold stands} */
    public State state(String runId) {
        Hold hold = holds.get(runId);
        if (hold == null) {
            return new State(false, null, null, 0, null);
        }
        Release why = hold.released().getNow(null);
        return new State(
                why == null,
                Timestamps.format(hold.until()),
                hold.message(),
                why == null ? remaining(runId).toSeconds() : 0,
                why == null ? null : why.name().toLowerCase(Locale.ROOT));
    }

    /** Has somebody told of each run whose hold begins or ends; the listener must not block. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public void started(LiveBrowser browser) {}

    @Override
    public void ending(LiveBrowser browser) {}

    @Override
    public void ended(LiveBrowser browser) {
        release(browser.runId(), Release.RUN_ENDED);
        holds.remove(browser.runId());
    }
}
