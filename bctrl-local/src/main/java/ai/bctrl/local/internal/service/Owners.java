package ai.bctrl.local.internal.service;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Those who made runtimes and say from time to time that they are still there. The runtimes of an owner that is gone are
 * stopped, also those that were still being launched; a runtime belongs to the owner that its metadata names. Owners live in
 * memory only, as runtimes do not survive the control plane either. Thread-safe.
 */
public final class Owners {

    /** Field of a runtime's metadata that names its owner. */
    public static final String TAG = "bctrlOwner";

    private static final System.Logger LOGGER = System.getLogger(Owners.class.getName());
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final int MIN_SECONDS = 10;
    private static final int MAX_SECONDS = 3600;
    private static final int MOST_OWNERS = 100_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A launch may end long after its owner. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final LiveBrowsers browsers;
    private final Runtimes runtimes;
    private final InstantSource clock;
    private final Workers workers;
    private final AttendedTime time = new AttendedTime(LOOK.multipliedBy(2), System.nanoTime());
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * What is known of an owner.
     *
     * @param due when it is gone, or forgotten if it is gone already
     * @param gone why its runtimes are stopped; null while it is there
     */
    private record Owner(
            Duration ttl, Duration due, @Nullable String gone) {}

    /** Creates the owners of some browsers. */
    public Owners(LiveBrowsers browsers, Runtimes runtimes, InstantSource clock, Workers workers) {
        this.browsers = browsers;
        this.runtimes = runtimes;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Says that an owner is there. Immutable.
     *
     * @param ttlSeconds for how long that holds, 10 to 3600
     * @param extra what was on the wire and has no component here
     */
    public record Request(Integer ttlSeconds, JsonObject extra) {}

    /**
     * What an owner is told. Immutable.
     *
     * @param ownerId who it is
     * @param runtimes how many of its runtimes are active
     * @param expiresAt until when it must be heard of again; RFC 3339
     */
    public record Heartbeat(String ownerId, long runtimes, String expiresAt) {}

    /**
     * What an owner is told that leaves. Immutable.
     *
     * @param ownerId who it is
     * @param stopped how many of its runtimes were still active
     */
    public record Goodbye(String ownerId, long stopped) {}

    /**
     * Notes that an owner is there, also one that was gone.
     *
     * @throws ApiProblem 400; 429 {@code owner.too_many}
     */
    public Heartbeat heartbeat(String ownerId, Request request) {
        requireId(ownerId);
        int seconds = request.ttlSeconds();
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw ApiProblem.invalid(
                    "ttlSeconds",
                    "ttlSeconds must be " + MIN_SECONDS + " to " + MAX_SECONDS + " but is " + seconds + ".");
        }
        if (owners.size() >= MOST_OWNERS && !owners.containsKey(ownerId)) {
            throw new ApiProblem(429, "owner.too_many", "There are too many owners; try again later.", Map.of());
        }
        Duration ttl = Duration.ofSeconds(seconds);
        owners.put(ownerId, new Owner(ttl, time.look(System.nanoTime()).plus(ttl), null));
        lookOften();
        return new Heartbeat(
                ownerId,
                activeOf(ownerId).size(),
                Timestamps.format(clock.instant().plus(ttl)));
    }

    /**
     * Says goodbye for an owner and stops what it has left.
     *
     * @return completes when nothing of its browsers is left
     * @throws ApiProblem 400
     */
    public CompletionStage<Goodbye> leave(String ownerId) {
        requireId(ownerId);
        Owner left = left(Duration.ZERO, "its owner has left");
        owners.put(ownerId, left);
        lookOften();
        List<LiveBrowser> active = activeOf(ownerId);
        CompletableFuture<?>[] ends =
                active.stream().map(browser -> end(browser, left)).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ends).thenApply(done -> new Goodbye(ownerId, active.size()));
    }

    private static void requireId(String ownerId) {
        if (!ID.matcher(ownerId).matches()) {
            throw ApiProblem.invalid("ownerId", "ownerId must be 1 to 128 letters, digits, and '.', '_', ':' or '-'.");
        }
    }

    private List<LiveBrowser> activeOf(String ownerId) {
        return browsers.ofOwner(ownerId).stream().filter(LiveBrowser::isUp).toList();
    }

    private Owner left(Duration ttl, String why) {
        return new Owner(ttl, time.look(System.nanoTime()).plus(REMEMBERED), why);
    }

    private CompletableFuture<Void> end(LiveBrowser browser, Owner owner) {
        return runtimes.endSoon(browser, EarlyEnd.stopped("owner_gone", 1001, String.valueOf(owner.gone())));
    }

    private void lookOften() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            var unused = workers.clock()
                    .scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // All browsers are being stopped.
        }
    }

    private void look() {
        try {
            workers.quick().execute(this::lookOnce);
        } catch (RejectedExecutionException closing) {
            // All browsers are being stopped.
        }
    }

    /** Owners that became silent are gone; runtimes of those that are gone, whenever they were launched, are stopped. */
    private void lookOnce() {
        Duration now = time.look(System.nanoTime());
        owners.forEach((id, owner) -> {
            if (owner.due().compareTo(now) > 0) {
                return;
            }
            if (owner.gone() != null) {
                owners.remove(id, owner);
            } else {
                // A heartbeat that comes in between wins.
                owners.replace(
                        id,
                        owner,
                        left(owner.ttl(), "its owner has not been heard of for " + TimeTexts.of(owner.ttl())));
            }
        });
        owners.forEach((id, owner) -> {
            if (owner.gone() != null) {
                stopLeft(id, owner);
            }
        });
    }

    private void stopLeft(String ownerId, Owner owner) {
        for (LiveBrowser browser : browsers.ofOwner(ownerId)) {
            if (browser.isUp()) {
                var unused = end(browser, owner).exceptionally(failed -> {
                    LOGGER.log(
                            System.Logger.Level.WARNING,
                            "runtime " + browser.runtimeId() + " of an owner that is gone is not stopped yet",
                            failed);
                    return null;
                });
            }
        }
    }
}
