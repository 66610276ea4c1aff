package ai.bctrl.local.internal.service;

import ai.bctrl.model.ViewerControl;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may look at a run without an API key: the bearer of a token that stands in the address of a page. Leases are kept in
 * memory only, so that they end with the control plane. Thread-safe.
 */
public final class ViewLeases {

    /** How long an ended lease is remembered, so that its bearer can be told what happened. */
    private static final long REMEMBERED_SECONDS = 3600;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** How often it is looked for leases to forget. */
    private static final long SWEEP_SECONDS = 60;

    private final Map<String, ViewLease> leases = new ConcurrentHashMap<>();
    private final Grouped<String> tokens = new Grouped<>();
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);
    private final List<Consumer<ViewLease>> revocations = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    /** Creates leases that end by this clock. */
    public ViewLeases(InstantSource clock) {
        this.clock = clock;
    }

    /** What a lease is for. */
    public enum Kind {
        /** Watching, and perhaps steering, the browser. */
        LIVE,
        /** Watching the recording. */
        RECORDING
    }

    /**
     * One lease. Immutable.
     *
     * @param token what its bearer shows; 32 random bytes in URL-safe Base64
     * @param kind what it is for
     * @param runId UUID of the run
     * @param control what the bearer may do
     * @param activity whether the bearer may read the activity of the run
     * @param expiresAt when it ends
     * @param revoked whether it was ended early
     */
    public record ViewLease(
            String token,
            Kind kind,
            String runId,
            ViewerControl control,
            boolean activity,
            Instant expiresAt,
            boolean revoked) {

        /** Hides the token. */
        @Override
        public String toString() {
            return "ViewLease[kind=" + kind + ", runId=" + runId + ", control=" + control + ", expiresAt=" + expiresAt
                    + ", revoked=" + revoked + "]";
        }
    }

    /** {@return a new lease} */
    public ViewLease create(Kind kind, String runId, ViewerControl control, boolean activity, long seconds) {
        Instant now = clock.instant();
        sweep(now);
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        ViewLease lease = new ViewLease(token, kind, runId, control, activity, now.plusSeconds(seconds), false);
        leases.put(token, lease);
        tokens.add(runId, token);
        return lease;
    }

    private void sweep(Instant now) {
        Instant due = nextSweep.get();
        if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plusSeconds(SWEEP_SECONDS))) {
            return;
        }
        leases.values().forEach(old -> {
            if (old.expiresAt().plusSeconds(REMEMBERED_SECONDS).isBefore(now)) {
                leases.remove(old.token());
                tokens.remove(old.runId(), old.token());
            }
        });
    }

    /** {@return the lease of a token, which may have ended; null if there never was one, or it is forgotten} */
    public @Nullable ViewLease find(Kind kind, String token) {
        ViewLease lease = leases.get(token);
        return lease != null && lease.kind() == kind ? lease : null;
    }

    /** {@return whether the bearer may still use it} */
    public boolean isValid(ViewLease lease) {
        ViewLease current = leases.get(lease.token());
        return current != null && !current.revoked() && clock.instant().isBefore(current.expiresAt());
    }

    /** {@return the leases of a run that may still be used} */
    public List<ViewLease> ofRun(Kind kind, String runId) {
        return ofRun(runId).filter(lease -> lease.kind() == kind).toList();
    }

    /** {@return whether somebody may look at a run, live or at its recording} */
    public boolean isViewed(String runId) {
        return ofRun(runId).findAny().isPresent();
    }

    private Stream<ViewLease> ofRun(String runId) {
        return tokens.of(runId).stream()
                .map(leases::get)
                .filter(Objects::nonNull)
                .filter(this::isValid);
    }

    /** Ends a lease early. */
    public void revoke(ViewLease lease) {
        ViewLease revoked = leases.computeIfPresent(
                lease.token(),
                (token, old) -> new ViewLease(
                        token, old.kind(), old.runId(), old.control(), old.activity(), old.expiresAt(), true));
        if (revoked != null) {
            revocations.forEach(listener -> listener.accept(revoked));
        }
    }

    /** Has somebody told of each lease that is revoked from now on; the listener must not block. */
    public void onRevoke(Consumer<ViewLease> listener) {
        revocations.add(listener);
    }
}
