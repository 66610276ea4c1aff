package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.OwnerHeartbeatRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a service stop the browsers of this JVM when the JVM is killed: a thread says every 5 s that their owner is still there.
 * Runtimes belong to it if their metadata field {@link #TAG} is its id; {@link ApiRuntimeProvider#ownedBy} sees to that.
 *
 * <pre>{@code
 * try (Ownership ownership = Ownership.begin(client, Ownership.TTL);
 *         RuntimeLease lease = ApiRuntimeProvider.of(client).ownedBy(ownership).acquire(RuntimeSpec.defaults())) {
 *     connectOverCDP(lease.cdpUrl());
 * }
 * }</pre>
 *
 * <p>A service without this route is not asked again, and nothing else changes. Thread-safe. Whoever began it closes it;
 * a JVM that ends in order without that says goodbye, too.
 */
public final class Ownership implements AutoCloseable {
    /** Name of the metadata field that says to whom a runtime belongs. */
    public static final String TAG = "bctrlOwner";

    /** How long the browsers outlive a JVM that is silent, where nothing else is wanted: 20 s. */
    public static final Duration TTL = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger("ai.bctrl.runtime");
    private static final long BEAT_MILLIS = 5_000;
    private static final RequestOptions BEAT =
            RequestOptions.none().withTimeout(Duration.ofMillis(BEAT_MILLIS)).withMaxRetries(0);
    private static final RequestOptions LEAVE = RequestOptions.none().withTimeout(Duration.ofSeconds(10));
    private static final RequestOptions LEAVE_IN_HASTE =
            RequestOptions.none().withTimeout(Duration.ofSeconds(2)).withMaxRetries(0);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final BctrlClient client;
    private final OwnerHeartbeatRequest request;
    private final String ownerId = UUID.randomUUID().toString();
    private final Thread atExit = new Thread(() -> leave(LEAVE_IN_HASTE), "bctrl-goodbye");
    private boolean over;
    private boolean known;

    private Ownership(BctrlClient client, Duration ttl) {
        this.client = client;
        this.request = new OwnerHeartbeatRequest((int) ttl.toSeconds());
    }

    /**
     * Begins to tell a service that this JVM is there.
     *
     * @param client of the service; stays the caller's
     * @param ttl how long its browsers may outlive this JVM, 10 s to 1 h; it should be long where a debugger may halt all
     *     threads
     * @throws BctrlConfigurationException if the time is out of its bounds
     */
    public static Ownership begin(BctrlClient client, Duration ttl) {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new BctrlConfigurationException("ttl is " + ttl + "; it must lie between 10 s and 1 h");
        }
        Ownership ownership = new Ownership(client, ttl);
        Thread thread = new Thread(ownership::beat, "bctrl-heartbeat");
        thread.setDaemon(true);
        thread.start();
        try {
            Runtime.getRuntime().addShutdownHook(ownership.atExit);
        } catch (IllegalStateException ending) {
            // The service will miss us soon.
        }
        return ownership;
    }

    /** {@return the id that is to stand in the metadata of its runtimes} */
    public String ownerId() {
        return ownerId;
    }

    private void beat() {
        long next = System.nanoTime();
        do {
            try {
                client.owners().heartbeat(ownerId, request, BEAT);
                answered();
            } catch (BctrlApiException refused) {
                if (isForever(refused.status())) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "bctrl: {0} does not watch over the owners of runtimes: {1}",
                            client.origin(),
                            refused.getMessage());
                    return;
                }
            } catch (BctrlException missed) {
                LOG.log(System.Logger.Level.DEBUG, "bctrl: a heartbeat was not taken: {0}", missed.getMessage());
            }
            // After a pause of the whole JVM there is nothing to catch up on.
            next = Math.max(next + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS), System.nanoTime());
        } while (goesOn(next));
    }

    private static boolean isForever(int status) {
        return status == 404 || status == 405 || status == 501;
    }

    private synchronized void answered() {
        known = true;
    }

    /** Waits until it is time, or all is over. */
    private synchronized boolean goesOn(long next) {
        try {
            for (long left = millisUntil(next); !over && left > 0; left = millisUntil(next)) {
                wait(left);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !over;
    }

    private static long millisUntil(long next) {
        return TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime());
    }

    /**
     * Says goodbye: the service stops what is left. Takes 10 s at most and never fails; a service that does not answer
     * finds out by itself.
     */
    @Override
    public void close() {
        leave();
    }

    /**
     * Like {@link #close()}.
     *
     * @return how many browsers the service has stopped; null where it did not say, or {@code leave} was called before
     */
    public @Nullable Long leave() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // It runs.
        }
        return leave(LEAVE);
    }

    private @Nullable Long leave(RequestOptions options) {
        synchronized (this) {
            if (over) {
                return null;
            }
            over = true;
            notifyAll();
            if (!known) {
                return null;
            }
        }
        try {
            return client.owners().leave(ownerId, options).stopped();
        } catch (BctrlException unheard) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: the goodbye was not taken: {0}", unheard.getMessage());
            return null;
        }
    }
}
