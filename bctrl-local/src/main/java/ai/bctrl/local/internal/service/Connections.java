package ai.bctrl.local.internal.service;

import static java.util.Objects.requireNonNull;

import ai.bctrl.local.internal.store.ConnectionStore;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.ConnectionEndpoint;
import ai.bctrl.model.ConnectionList;
import ai.bctrl.model.ConnectionProtocol;
import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.RuntimeConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The connection leases and the controller lock: one active lease for each runtime. Thread-safe.
 *
 * <p>A lease ends by its time, by a revocation or with its runtime. Its open socket outlives the first two until it ends by
 * itself or the next lease of the runtime attaches.
 */
public final class Connections {

    private static final int DEFAULT_TTL_SECONDS = 600;

    private final Database database;
    private final ConnectionStore store;
    private final RuntimeLookup lookup;
    private final Events events;
    private final ConnectionSignatures signatures;
    private final InstantSource clock;
    private final Workers workers;

    /** Creates the connections of a database. */
    public Connections(
            Database database, Events events, ConnectionSignatures signatures, InstantSource clock, Workers workers) {
        this.database = database;
        this.store = new ConnectionStore(database);
        this.lookup = new RuntimeLookup(database);
        this.events = events;
        this.signatures = signatures;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Creates a lease, which from then on holds the runtime.
     *
     * @param authority host and port under which the caller reaches this control plane
     * @throws ApiProblem 404; 400 for a time to live outside of 60 to 7200 s; 422 for a protocol other than CDP; 409
     *     {@code runtime.controller_busy} while another lease is active; 409 {@code runtime.not_active}
     */
    public CreatedConnection create(
            String spaceId, String runtimeId, CreateConnectionRequest request, String authority) {
        expireDue();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CreatedConnection created = database.change(() -> insert(spaceId, runtimeId, request, now, authority));
        expireAt(Instant.parse(created.expiresAt()));
        return created;
    }

    /** How long a lease is asked for, in seconds. */
    private static int ttl(CreateConnectionRequest request) {
        if (request.protocol() != ConnectionProtocol.CDP) {
            throw new ApiProblem(
                    422,
                    "connection.protocol_unavailable",
                    "Only the protocol cdp is available, not "
                            + request.protocol().wireName() + ".",
                    Map.of("field", "protocol"));
        }
        int ttl = request.ttlSeconds() == null ? DEFAULT_TTL_SECONDS : request.ttlSeconds();
        if (ttl < 60 || ttl > 7200) {
            throw ApiProblem.invalid("ttlSeconds", "ttlSeconds must be 60 to 7200 but is " + ttl + ".");
        }
        return ttl;
    }

    private CreatedConnection insert(
            String spaceId, String runtimeId, CreateConnectionRequest request, Instant now, String authority) {
        StoredRuntime runtime = lookup.runtime(spaceId, runtimeId);
        Instant expires = now.plusSeconds(ttl(request));
        if (!runtime.isActive()) {
            throw new ApiProblem(
                    409,
                    "runtime.not_active",
                    "The runtime is " + runtime.status().wireName() + "; create a new one to connect to.",
                    Map.of("runtimeId", runtimeId, "status", runtime.status().wireName()));
        }
        RuntimeConnection holder = store.findActive(runtimeId);
        if (holder != null) {
            String until = requireNonNull(holder.expiresAt());
            throw new ApiProblem(
                    409,
                    "runtime.controller_busy",
                    "Connection " + holder.id() + " holds this runtime until " + until
                            + "; revoke it or wait for its end.",
                    Map.of("connectionId", holder.id(), "expiresAt", until));
        }
        String id = UUID.randomUUID().toString();
        String createdAt = Timestamps.format(now);
        String expiresAt = Timestamps.format(expires);
        store.insert(id, runtimeId, runtime.runId(), createdAt, expiresAt);
        events.append(runtime.runId(), runtimeId, "connection.created", id, Map.of("expiresAt", expiresAt));
        String url = "ws://" + authority + "/v1/cdp/" + id + "?" + signatures.query(id, expires.getEpochSecond());
        return new CreatedConnection(
                id,
                runtimeId,
                runtime.runId(),
                ConnectionProtocol.CDP,
                ConnectionStatus.ACTIVE,
                createdAt,
                expiresAt,
                null,
                null,
                new ConnectionEndpoint(url));
    }

    private void expireAt(Instant time) {
        long delay = Duration.between(clock.instant(), time).toMillis() + 1;
        try {
            var unused = workers.clock()
                    .schedule(
                            () -> workers.quick().execute(this::expireDue), Math.max(0, delay), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The lease ends with its runtime.
        }
    }

    /**
     * Lists the leases of a runtime, oldest first, without addresses.
     *
     * @throws ApiProblem 404
     */
    public ConnectionList list(String spaceId, String runtimeId) {
        lookup.runtime(spaceId, runtimeId);
        expireDue();
        return new ConnectionList(store.list(runtimeId));
    }

    /**
     * Ends a lease; one that is over stays as it is.
     *
     * @throws ApiProblem 404
     */
    public RuntimeConnection revoke(String spaceId, String runtimeId, String id) {
        lookup.runtime(spaceId, runtimeId);
        expireDue();
        return database.change(() -> {
            RuntimeConnection connection = find(runtimeId, id);
            if (connection.status() != ConnectionStatus.ACTIVE) {
                return connection;
            }
            String now = Timestamps.now(clock);
            store.end(id, ConnectionStatus.REVOKED, now, now);
            events.append(connection.runId(), runtimeId, "connection.revoked", id, Map.of());
            return find(runtimeId, id);
        });
    }

    private RuntimeConnection find(String runtimeId, String id) {
        RuntimeConnection connection = store.find(id);
        if (connection == null || !connection.runtimeId().equals(runtimeId)) {
            throw ApiProblem.notFound("connection", id);
        }
        return connection;
    }

    /** Ends the active lease of a runtime, if there is one; within the change that ends the runtime. */
    void close(String runtimeId, String time) {
        RuntimeConnection holder = store.findActive(runtimeId);
        if (holder != null) {
            store.end(holder.id(), ConnectionStatus.CLOSED, null, time);
        }
    }

    /** Ends the leases whose time is over. Whoever needs to know the state of a lease calls this first. */
    void expireDue() {
        if (store.listDue(Timestamps.now(clock)).isEmpty()) {
            return;
        }
        database.change(() -> {
            for (RuntimeConnection due : store.listDue(Timestamps.now(clock))) {
                store.end(due.id(), ConnectionStatus.EXPIRED, null, requireNonNull(due.expiresAt()));
                events.append(due.runId(), due.runtimeId(), "connection.expired", due.id(), Map.of());
            }
        });
    }
}
